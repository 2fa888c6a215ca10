using Chat.Server.Core.MessageLog;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>The number of lanes is that with which appends took the shortest, and is seldom another one.</summary>
public sealed class LaneChoiceTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5), Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private int _lanes = 1;

    [Fact]
    public void One_lane_where_a_second_is_slower()
    {
        var choice = new LaneChoice(most: 2, _time);
        Run(choice, Minute, lanes => 3 + lanes);

        // In ten minutes only a probe now and then: three windows of at most 205 ms with their settling.
        Run(choice, 10 * Minute, lanes => 3 + lanes).GetValueOrDefault(2).Should().BeInRange(0.0001, 0.02);
    }

    [Fact]
    public void Two_lanes_where_they_are_faster()
    {
        var choice = new LaneChoice(most: 2, _time);
        Run(choice, Minute, lanes => 10 - lanes * 2);

        Run(choice, 10 * Minute, lanes => 10 - lanes * 2)[2].Should().BeGreaterThan(0.98);
    }

    [Fact]
    public void The_best_of_many_is_found_step_by_step()
    {
        var choice = new LaneChoice(most: 16, _time);
        double Milliseconds(int lanes) => 40.0 / lanes + 2 * lanes; // best with 4: 18; with 8: 21

        Run(choice, 2 * Minute, Milliseconds);

        Run(choice, 10 * Minute, Milliseconds)[4].Should().BeGreaterThan(0.95);
    }

    [Fact]
    public void Where_it_makes_no_difference_there_are_few()
    {
        var choice = new LaneChoice(most: 8, _time);
        Run(choice, Minute, lanes => lanes <= 4 ? 20.0 / lanes : 30); // four
        Run(choice, 5 * Minute, _ => 7);

        Run(choice, 10 * Minute, _ => 7)[1].Should().BeGreaterThan(0.95);
    }

    [Fact]
    public void Another_load_is_noticed_without_waiting_for_the_pause()
    {
        var choice = new LaneChoice(most: 2, _time);
        Run(choice, 10 * Minute, lanes => 3 + lanes, perSecond: 4_000);

        Run(choice, TimeSpan.FromSeconds(5), lanes => 10 - lanes * 2, perSecond: 20_000);

        Run(choice, 10 * Minute, lanes => 10 - lanes * 2, perSecond: 20_000)[2].Should().BeGreaterThan(0.98);
    }

    [Fact]
    public void Without_load_nothing_is_tried()
    {
        var choice = new LaneChoice(most: 4, _time);

        Run(choice, 5 * Minute, lanes => 10 - lanes, perSecond: 400).Keys.Should().Equal(1);
    }

    [Fact]
    public void A_load_that_ends_during_a_probe_ends_it()
    {
        var choice = new LaneChoice(most: 2, _time);
        while (Run(choice, Step, lanes => 3 + lanes).ContainsKey(1)) { }

        Run(choice, 10 * Step, lanes => 3 + lanes, perSecond: 0); // says nothing
        _time.Advance(Minute);

        choice.After(1, Step).Should().Be(1);
    }

    /// <summary>Of the time: how much of it there were so many lanes.</summary>
    /// <param name="choice">What is tested.</param>
    /// <param name="span">How long.</param>
    /// <param name="milliseconds">How long an append takes with so many lanes.</param>
    /// <param name="perSecond">Appends.</param>
    private Dictionary<int, double> Run(
        LaneChoice choice, TimeSpan span, Func<int, double> milliseconds, int perSecond = 10_000)
    {
        var shares = new Dictionary<int, double>();
        var random = new Random(17);
        for (var left = span; left > TimeSpan.Zero; left -= Step)
        {
            _time.Advance(Step);
            var appends = (int)(perSecond * Step.TotalSeconds);
            if (appends == 0) continue;
            var noise = 0.98 + 0.04 * random.NextDouble();
            _lanes = choice.After(appends, TimeSpan.FromMilliseconds(appends * milliseconds(_lanes) * noise));
            shares[_lanes] = shares.GetValueOrDefault(_lanes) + Step / span;
        }
        return shares;
    }
}
