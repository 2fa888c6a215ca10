using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Observability;
using Chat.Server.Presence;
using Chat.Server.Presence.Gossip;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.Presence;

/// <summary>Instances on a backplane that does to messages what a test wants.</summary>
internal sealed class PresenceNetwork(ManualTime time, Random? random = null)
{
    private readonly List<(PresenceInstance To, ReadOnlyMemory<byte> Message)> _onTheWay = [];

    public List<PresenceInstance> Instances { get; } = [];

    /// <summary>True: messages are lost, repeated and swapped.</summary>
    public bool IsBad { get; set; }

    public PresenceInstance Start(PresenceOptions? options = null)
    {
        var instance = new PresenceInstance(this, time, options ?? new PresenceOptions());
        Instances.Add(instance);
        return instance;
    }

    /// <summary>Time passes, in steps of less than a beat's patience, and everybody does what is due.</summary>
    public void Run(TimeSpan duration)
    {
        var step = TimeSpan.FromMilliseconds(500);
        for (var passed = TimeSpan.Zero; passed < duration; passed += step)
        {
            time.Advance(step);
            BeatAll();
        }
    }

    /// <summary>Everybody says what is to be said and hears what was said, a few times: questions are asked and
    /// answered.</summary>
    public void BeatAll()
    {
        for (var round = 0; round < 4; round++)
        {
            foreach (var instance in Instances) instance.Beat();
            DeliverAll();
        }
    }

    public void Send(PresenceInstance from, ReadOnlyMemory<byte> message)
    {
        foreach (var to in Instances)
        {
            if (to == from || to.Problem is not null || from.Problem is not null) continue;
            var copies = IsBad ? random!.Next(0, 3) : 1;
            for (var i = 0; i < copies; i++)
                _onTheWay.Insert(IsBad ? random!.Next(0, _onTheWay.Count + 1) : _onTheWay.Count, (to, message));
        }
    }

    private void DeliverAll()
    {
        // In a bad network some of it stays on the way, and comes late.
        var count = IsBad ? random!.Next(0, _onTheWay.Count + 1) : _onTheWay.Count;
        var due = _onTheWay.GetRange(0, count);
        _onTheWay.RemoveRange(0, count);
        foreach (var (to, message) in due)
            if (Instances.Contains(to)) to.Receive(message);
    }
}

/// <summary>One instance's presence, without the rest of a server.</summary>
internal sealed class PresenceInstance : IBackplane
{
    private readonly PresenceNetwork _network;
    private readonly ServiceProvider _services;
    private readonly PresenceGossip _gossip;
    private IBackplaneReceiver? _receiver;

    public PresenceInstance(PresenceNetwork network, ManualTime time, PresenceOptions options)
    {
        _network = network;
        var services = new ServiceCollection().AddMetrics();
        services.AddSingleton<IBackplaneTopic>(_ => _gossip!);
        _services = services.BuildServiceProvider();
        var metrics = ActivatorUtilities.CreateInstance<ChatMetrics>(_services);
        Board = new PresenceBoard(metrics);
        Journal = new LastSeenJournal(null!, time, NullLogger<LastSeenJournal>.Instance); // these tests never flush it
        Local = new LocalPresence(Board, Journal, options, time);
        var exchange = new BackplaneExchange(
            this, _services, new KeptMessages(this, time), NullLogger<BackplaneExchange>.Instance);
        _gossip = new PresenceGossip(Local, new RemotePresence(Board, Journal, options, metrics, time), exchange,
            options, time, NullLogger<PresenceGossip>.Instance);
    }

    public PresenceBoard Board { get; }

    public LocalPresence Local { get; }

    public LastSeenJournal Journal { get; }

    /// <summary>Not null: its own backplane is down.</summary>
    public string? Problem { get; set; }

    /// <summary>True: a part of it is away that carries nothing of this.</summary>
    public bool IsDegraded { get; set; }

    string? IBackplane.Problem => Problem ?? (IsDegraded ? "1 of 3 nodes" : null);

    bool IBackplane.HasPeers => true;

    bool IBackplane.Carries(BackplaneChannel channel) => Problem is null;

    public void Beat()
    {
        Local.Sweep();
        _gossip.Beat();
    }

    /// <summary>Ends as SIGTERM does: with a goodbye.</summary>
    public void Stop()
    {
        _gossip.Stop();
        _network.Instances.Remove(this);
    }

    /// <summary>Ends as kill -9 does.</summary>
    public void Kill() => _network.Instances.Remove(this);

    public void Recover()
    {
        Problem = null;
        _receiver!.Recover();
    }

    public void Receive(ReadOnlyMemory<byte> message) => _receiver!.Receive(BackplaneChannel.Everyone, message);

    /// <summary>Who is online in its eyes, in the order of their names.</summary>
    public string Online() =>
        string.Join(' ', Board.OnlineOf(Tenant.Default, int.MaxValue).Users
            .Select(u => u.Id.Value).Order(StringComparer.Ordinal));

    /// <summary>What happened since the last call.</summary>
    public List<BoardChange> TakeChanges()
    {
        var changes = new List<BoardChange>();
        while (Board.Changes.TryRead(out var change)) changes.Add(change);
        return changes;
    }

    void IBackplane.Attach(IBackplaneReceiver receiver) => _receiver = receiver;

    Task IBackplane.Subscribe(BackplaneChannel channel) => Task.CompletedTask;

    void IBackplane.Unsubscribe(BackplaneChannel channel)
    {
    }

    void IBackplane.Publish(BackplaneChannel channel, ReadOnlyMemory<byte> message) => _network.Send(this, message);
}

internal static class Users
{
    public static readonly UserKey Ann = UserId.Parse("ann").Key();
    public static readonly UserKey Bob = UserId.Parse("bob").Key();
}
