using Chat.Server.Tasks;

namespace Chat.Tests.Unit.Tasks;

/// <summary>Free workers are shared out by weight.</summary>
public sealed class QueueDrawTests
{
    private static readonly (string Name, int Weight)[] Queues = [("critical", 6), ("default", 3), ("low", 1)];

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Over_many_draws_each_queue_gets_its_share(int slots)
    {
        const int total = 100_000;
        var random = new Random(7);
        var counts = Queues.ToDictionary(q => q.Name, _ => 0);
        for (var i = 0; i < total / slots; i++)
        {
            var draw = QueueDraw.Draw(Queues, slots, strict: false, random);
            Assert.Equal(slots, draw.Sum(d => d.Limit));
            foreach (var (queue, limit) in draw) counts[queue] += limit;
        }
        Assert.InRange(counts["critical"], total * 0.58, total * 0.62);
        Assert.InRange(counts["default"], total * 0.28, total * 0.32);
        Assert.InRange(counts["low"], total * 0.09, total * 0.11);
    }

    [Fact]
    public void The_least_weight_beside_the_greatest_is_drawn_too()
    {
        var random = new Random(7);
        var draws = Enumerable.Range(0, 20_000)
            .SelectMany(_ => QueueDraw.Draw([("huge", 1_000), ("tiny", 1)], 10, strict: false, random));
        Assert.InRange(draws.Where(d => d.Queue == "tiny").Sum(d => d.Limit), 100, 320);
    }

    [Fact]
    public void Strictly_all_go_to_the_greatest_weight()
    {
        var demand = Assert.Single(QueueDraw.Draw(Queues, 10, strict: true, new Random(7)));
        Assert.Equal(("critical", 10), (demand.Queue, demand.Limit));
    }

    [Fact]
    public void Without_queues_or_free_workers_nothing_is_drawn()
    {
        Assert.Empty(QueueDraw.Draw([], 10, strict: false, new Random(7)));
        Assert.Empty(QueueDraw.Draw(Queues, 0, strict: true, new Random(7)));
    }
}
