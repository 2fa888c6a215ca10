using Chat.Server.Concurrency;
using CsCheck;
using FluentAssertions;

namespace Chat.Tests.Unit.Concurrency;

/// <summary>CH-125: who brings much delays the others by one at a time.</summary>
public sealed class FairQueueTests
{
    [Fact]
    public void A_flood_of_one_is_in_front_of_nobody_else_by_more_than_one()
    {
        var queue = new FairQueue<string>();
        for (var i = 0; i < 10_000; i++) queue.Add("flood", $"flood {i}");
        queue.Add("ann", "hello");
        queue.Add("bob", "hi");
        queue.Add("ann", "again");
        Take(queue, 7).Should().Equal("flood 0", "hello", "hi", "flood 1", "again", "flood 2", "flood 3");
        queue.Count.Should().Be(9_996);
    }

    [Fact]
    public void Each_is_served_in_its_order_and_between_two_of_one_comes_at_most_one_of_each_other() =>
        Gen.Int[0, 4].Array[1, 300].Sample(owners =>
        {
            var queue = new FairQueue<(int Owner, int Number)>();
            var taken = new List<(int Owner, int Number)>();
            for (var i = 0; i < owners.Length; i++)
            {
                queue.TryPeek(out _).Should().Be(queue.Count > 0);
                queue.Add(owners[i].ToString(System.Globalization.CultureInfo.InvariantCulture), (owners[i], i));
                if (i % 3 == 2 && queue.TryPeek(out var next))
                {
                    queue.TryTake(out var one).Should().BeTrue();
                    one.Should().Be(next);
                    taken.Add(one);
                }
            }
            var left = taken.Count;
            while (queue.TryTake(out var one)) taken.Add(one);
            taken.Should().HaveCount(owners.Length);
            foreach (var own in taken.GroupBy(one => one.Owner)) own.Should().BeInAscendingOrder(one => one.Number);
            for (var i = left; i < taken.Count; i++)
            {
                var until = taken.FindIndex(i + 1, one => one.Owner == taken[i].Owner);
                if (until > 0) taken[(i + 1)..until].Select(one => one.Owner).Should().OnlyHaveUniqueItems();
            }
        });

    [Fact]
    public void An_owner_that_comes_again_costs_one_look_up_and_no_object()
    {
        var comparer = new CountingComparer();
        var queue = new FairQueue<string>(comparer);
        var owners = Enumerable.Range(0, FairQueue<string>.MaxIdle).Select(i => $"owner {i}").ToArray();
        PassAll(queue, owners);
        PassAll(queue, owners);
        comparer.Hashes = 0;
        PassAll(queue, owners);
        comparer.Hashes.Should().Be(owners.Length);
        Allocations.BytesOf(() => PassAll(queue, owners), calls: 10).Should().Be(0);
    }

    [Fact]
    public void Owners_that_change_all_the_time_make_no_objects_and_are_forgotten()
    {
        var queue = new FairQueue<string>();
        var rounds = Enumerable.Range(0, 4).Select(round =>
            Enumerable.Range(0, FairQueue<string>.MaxIdle).Select(i => $"{round} {i}").ToArray()).ToArray();
        var next = 0;
        void PassNext() => PassAll(queue, rounds[next++ % rounds.Length]);
        for (var i = 0; i < rounds.Length; i++) PassNext();
        Allocations.BytesOf(PassNext, calls: 10).Should().Be(0);
    }

    private static void PassAll(FairQueue<string> queue, string[] owners)
    {
        foreach (var owner in owners) queue.Add(owner, owner);
        while (queue.TryTake(out _))
        {
        }
    }

    private static List<string> Take(FairQueue<string> queue, int count)
    {
        var taken = new List<string>();
        while (taken.Count < count && queue.TryTake(out var one)) taken.Add(one);
        return taken;
    }

    private sealed class CountingComparer : IEqualityComparer<string>
    {
        public int Hashes { get; set; }

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string text)
        {
            Hashes++;
            return text.GetHashCode(StringComparison.Ordinal);
        }
    }
}
