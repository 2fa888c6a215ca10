using Chat.Server.Tasks;

namespace Chat.Tests.Unit.Tasks;

/// <summary>A queue is a bulkhead: what is slow in it holds its own share of the workers.</summary>
public sealed class WorkerSlotsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 3)]
    [InlineData(10, 8)]
    public void A_queue_never_has_all_workers_where_there_are_some_to_share(int concurrency, int most)
    {
        var slots = new WorkerSlots(new TasksOptions { Concurrency = concurrency }, []);
        Fill(slots, "slow");
        Assert.Equal(concurrency - most, Room(slots, "fast"));
        for (var i = 0; i < most; i++) slots.Give("slow");
        Assert.Equal(most, Room(slots, "fast"));
    }

    [Fact]
    public void Where_the_order_is_strict_the_first_queue_has_all()
    {
        var slots = new WorkerSlots(new TasksOptions { Concurrency = 10, StrictPriority = true }, []);
        Assert.Equal(10, Room(slots, "first"));
    }

    [Fact]
    public void Workers_of_its_own_are_apart_from_the_shared_ones_and_from_those_of_other_hosts()
    {
        var slots = new WorkerSlots(new TasksOptions { Concurrency = 4 }, [new OwnWorkers("hooks.", 2)]);
        Assert.Equal(2, Fill(slots, "hooks.a"));
        Assert.Equal((0, 2), (Room(slots, "hooks.a"), Room(slots, "hooks.b")));
        Assert.Equal(3, Fill(slots, "mail"));
        Assert.Equal((1, 2), (Room(slots, "chat"), Room(slots, "hooks.b")));
        slots.Give("hooks.a");
        Assert.Equal((1, 1), (Room(slots, "hooks.a"), Room(slots, "chat")));
    }

    [Fact]
    public void Of_several_queues_no_more_is_wanted_than_there_are_workers()
    {
        var slots = new WorkerSlots(new TasksOptions { Concurrency = 10 }, []);
        for (var round = 0; round < 100; round++)
            Assert.InRange(slots.Wanted([("a", 6), ("b", 3), ("c", 1)]).Sum(demand => demand.Limit), 1, 10);
    }

    private static int Room(WorkerSlots slots, string queue) =>
        slots.Wanted([(queue, 1)]).Sum(demand => demand.Limit);

    private static int Fill(WorkerSlots slots, string queue)
    {
        var workers = Room(slots, queue);
        for (var i = 0; i < workers; i++) slots.Take(queue);
        return workers;
    }
}
