using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Tests.Fixtures;
using CsCheck;
using FluentAssertions;

namespace Chat.Tests.Unit.FanOut;

/// <summary>Where the view of a user ends who is removed, and added again.</summary>
public sealed class FeedListenerTests
{
    [Fact]
    public void A_removal_that_the_access_did_not_account_for_stays_a_limit()
    {
        var listener = new Listener();
        listener.LowerLimit_NeedsLock(10);
        listener.LowerLimit_NeedsLock(12);
        listener.Authorize_NeedsLock(11);
        listener.Limit.Should().Be(12);
        listener.Authorize_NeedsLock(12);
        listener.Limit.Should().Be(long.MaxValue);
        listener.LowerLimit_NeedsLock(12); // it was accounted for
        listener.Limit.Should().Be(long.MaxValue);
    }

    [Fact]
    public void The_limit_is_the_first_removal_after_what_was_accounted_for()
    {
        var steps = Gen.Select(Gen.Bool, Gen.Int[1, 40]).Array[0, 30];
        steps.Sample(
            sequence =>
            {
                var listener = new Listener();
                var (removals, known, last) = (new List<long>(), 0L, 0L);
                foreach (var (isRemoval, step) in sequence)
                {
                    if (isRemoval)
                    {
                        last += step; // a log only grows
                        removals.Add(last);
                        listener.LowerLimit_NeedsLock(last);
                    }
                    else
                    {
                        known = Math.Max(known, step * 10L);
                        listener.Authorize_NeedsLock(step * 10L);
                    }
                    var open = removals.Where(removal => removal > known).ToList();
                    listener.Limit.Should().Be(open.Count == 0 ? long.MaxValue : open.Min());
                }
            },
            iter: 2_000);
    }

    [Fact]
    public void Removals_without_end_take_no_memory_without_end_and_never_show_too_much()
    {
        var listener = new Listener();
        for (var i = 1; i <= 10_000; i++) listener.LowerLimit_NeedsLock(i * 2);
        listener.Authorize_NeedsLock(9_001);
        listener.Limit.Should().Be(2);
    }

    private sealed class Listener : FeedListener
    {
        public override UserKey User => UserId.Parse("ann").Key();

        public override void OnAdvanced() { }
    }
}
