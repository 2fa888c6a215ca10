using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Presence;
using Chat.Tests.Fixtures;
using static Chat.Tests.Unit.Presence.Users;

namespace Chat.Tests.Unit.Presence;

/// <summary>CH-71, CH-72: what several instances know of each other's users.</summary>
public sealed class PresenceGossipTests
{
    private readonly ManualTime _time = new();
    private readonly PresenceNetwork _network;

    public PresenceGossipTests() => _network = new PresenceNetwork(_time);

    [Fact]
    public void An_instance_that_starts_later_learns_who_is_there()
    {
        var first = _network.Start();
        for (var i = 0; i < 1_234; i++) first.Local.Enter(UserId.Parse($"user{i}").Key());
        _network.BeatAll();
        var second = _network.Start();
        second.Local.Enter(Ann);
        _network.BeatAll();

        Assert.Equal(1_235, second.Board.CountOf(Tenant.Default));
        Assert.Equal(first.Online(), second.Online());
    }

    [Fact]
    public void A_user_with_devices_on_two_instances_goes_with_the_last_and_each_change_is_told_once()
    {
        var (a, b, c) = (_network.Start(), _network.Start(), _network.Start());
        a.Local.Enter(Ann);
        b.Local.Enter(Ann);
        _network.Run(Seconds(1));
        a.Local.Exit(Ann);
        _network.Run(Seconds(10));
        Assert.Equal("ann", c.Online());

        b.Local.Exit(Ann);
        var left = _time.GetUtcNow();
        _network.Run(Seconds(10));

        foreach (var instance in new[] { a, b, c })
            Assert.Equal([new BoardChange(Ann, true, null), new BoardChange(Ann, false, left)], instance.TakeChanges());
    }

    [Fact]
    public void A_killed_instance_leaves_no_ghost_past_the_lease()
    {
        var (a, b) = (_network.Start(), _network.Start());
        a.Local.Enter(Ann);
        b.Local.Enter(Bob);
        _network.Run(Seconds(6));
        a.Kill();
        var killed = _time.GetUtcNow();

        _network.Run(Seconds(9));
        Assert.Equal("ann bob", b.Online());
        _network.Run(Seconds(7));

        Assert.Equal("bob", b.Online());
        var gone = Assert.Single(b.TakeChanges(), change => !change.Online);
        Assert.Equal(Ann, gone.User);
        Assert.InRange(gone.LastSeenAt!.Value, killed - Seconds(6), killed); // when the instance was last heard from
    }

    // CH-72
    [Fact]
    public void A_killed_instance_leaves_no_ghost_while_a_part_of_the_backplane_is_away_that_carries_no_presence()
    {
        var (a, b) = (_network.Start(), _network.Start());
        a.Local.Enter(Ann);
        b.Local.Enter(Bob);
        _network.Run(Seconds(1));
        b.IsDegraded = true;
        a.Kill();
        _network.Run(Seconds(17));
        Assert.Equal("bob", b.Online());
    }

    [Fact]
    public void A_user_who_moves_from_a_stopping_instance_to_another_is_online_all_the_time()
    {
        var (a, b, c) = (_network.Start(), _network.Start(), _network.Start());
        a.Local.Enter(Ann);
        a.Local.Enter(Bob);
        _network.Run(Seconds(1));
        a.Stop();
        _network.Run(Seconds(3));
        b.Local.Enter(Ann);
        _network.Run(Seconds(30));

        Assert.Equal("ann", c.Online());
        Assert.Equal([(Ann, true), (Bob, true), (Bob, false)],
            c.TakeChanges().Select(change => (change.User, change.Online)));
    }

    [Fact]
    public void While_its_own_backplane_is_down_an_instance_forgets_nobody_and_afterwards_only_who_is_gone()
    {
        var (a, b, c) = (_network.Start(), _network.Start(), _network.Start());
        a.Local.Enter(Ann);
        b.Local.Enter(Bob);
        _network.Run(Seconds(1));
        foreach (var instance in _network.Instances) instance.Problem = "down";
        _network.Run(Seconds(120));
        Assert.All([a, b, c], instance => Assert.Equal("ann bob", instance.Online()));

        b.Local.Enter(UserId.Parse("carl").Key()); // nobody can be told now
        a.Kill();
        foreach (var instance in _network.Instances) instance.Recover();
        _network.Run(Seconds(2));
        Assert.All([b, c], instance => Assert.Equal("ann bob carl", instance.Online()));
        _network.Run(Seconds(15));
        Assert.All([b, c], instance => Assert.Equal("bob carl", instance.Online()));
        Assert.Equal(4, c.TakeChanges().Count);
    }

    [Fact]
    public void An_instance_that_stood_still_gives_the_others_a_new_lease()
    {
        var (a, b) = (_network.Start(), _network.Start());
        a.Local.Enter(Ann);
        _network.Run(Seconds(1));
        _time.Advance(Seconds(600)); // both were suspended, as a laptop is
        _network.BeatAll();
        _network.Run(Seconds(20));
        Assert.Equal([(Ann, true)], b.TakeChanges().Select(change => (change.User, change.Online)));
    }

    [Fact]
    public void An_instance_that_was_cut_off_for_longer_than_its_lease_comes_back_with_its_users()
    {
        var (a, b) = (_network.Start(), _network.Start());
        a.Local.Enter(Ann);
        _network.Run(Seconds(1));
        a.Problem = "down";
        _network.Run(Seconds(30));
        Assert.Equal("", b.Online());
        Assert.Equal("ann", a.Online());
        a.Recover();
        _network.Run(Seconds(2));
        Assert.Equal("ann", b.Online());
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    /// <summary>Loss, repeats, swaps, lateness, kills and goodbyes; then a quiet while: all agree, with the
    /// truth.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void After_any_trouble_and_then_a_quiet_lease_all_agree(int seed)
    {
        var random = new Random(seed);
        var network = new PresenceNetwork(_time, random);
        var connections = new Dictionary<PresenceInstance, List<UserKey>>();
        for (var i = 0; i < 3; i++) connections.Add(network.Start(), []);
        var histories = new Dictionary<PresenceInstance, List<BoardChange>>();

        for (var step = 0; step < 300; step++)
        {
            network.IsBad = random.Next(4) > 0;
            Act(random, network, connections);
            network.Run(Seconds(random.Next(0, 3)));
            foreach (var instance in network.Instances) Append(histories, instance);
        }
        network.IsBad = false;
        network.Run(Seconds(40)); // what is late, a lease, a linger

        var truth = string.Join(' ',
            connections.Values.SelectMany(users => users).Select(u => u.Id.Value).Distinct()
                .Order(StringComparer.Ordinal));
        foreach (var instance in network.Instances)
        {
            Assert.Equal(truth, instance.Online());
            Append(histories, instance);
            foreach (var ofOne in histories[instance].GroupBy(change => change.User)) // comes and goes by turns
                Assert.Equal(Enumerable.Range(0, ofOne.Count()).Select(i => i % 2 == 0),
                    ofOne.Select(change => change.Online));
        }
    }

    private static void Append(Dictionary<PresenceInstance, List<BoardChange>> histories, PresenceInstance instance)
    {
        if (!histories.TryGetValue(instance, out var history)) histories.Add(instance, history = []);
        history.AddRange(instance.TakeChanges());
    }

    private static void Act(Random random, PresenceNetwork network,
        Dictionary<PresenceInstance, List<UserKey>> connections)
    {
        var instance = network.Instances[random.Next(network.Instances.Count)];
        var users = connections[instance];
        switch (random.Next(40))
        {
            case 0 when network.Instances.Count > 1:
                instance.Kill();
                connections.Remove(instance);
                break;
            case 1 when network.Instances.Count > 1:
                instance.Stop();
                connections.Remove(instance);
                break;
            case 2 when network.Instances.Count < 5:
                connections.Add(network.Start(), []);
                break;
            case 3:
                instance.Problem = "down";
                network.Run(Seconds(random.Next(1, 30)));
                instance.Recover();
                break;
            case < 22 when users.Count > 0:
                instance.Local.Exit(users[^1]);
                users.RemoveAt(users.Count - 1);
                break;
            default:
                var user = UserId.Parse($"u{random.Next(12)}").Key();
                users.Insert(random.Next(users.Count + 1), user);
                instance.Local.Enter(user);
                break;
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
