using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Presence.Gossip;

/// <summary>Keeps the instances' knowledge of each other's users consistent, over a backplane that may lose and repeat
/// messages, and fail.</summary>
/// <remarks>Each instance sends changes (numbered deltas), and periodically its state's version (heartbeats). An
/// instance that missed a delta requests a snapshot. So after a loss and one more heartbeat all agree.</remarks>
internal sealed partial class PresenceGossip(
    LocalPresence local, RemotePresence remote, BackplaneExchange exchange, PresenceOptions options, TimeProvider time,
    ILogger<PresenceGossip> logger) : IBackplaneTopic
{
    private static readonly TimeSpan BetweenSnapshots = TimeSpan.FromSeconds(1);

    private readonly Guid _self = Guid.NewGuid();
    private readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(options.HeartbeatSeconds);
    private volatile bool _rollCallWanted = true; // the first message: a roll call
    private volatile bool _heartbeatWanted = true;
    private volatile bool _snapshotWanted;
    private long? _snapshotAt;
    private long _heartbeatAt;
    private long _beatAt = time.GetTimestamp();

    public MessageKind Kind => MessageKind.Presence;

    /// <summary>Called a few times per second, by one caller at a time: sends pending messages, and removes lost
    /// instances.</summary>
    public void Beat()
    {
        // While this instance receives nothing, or was paused, no lease expires.
        if (!exchange.Carries(BackplaneChannel.Everyone) || time.GetElapsedTime(_beatAt) > _heartbeat)
            remote.RenewLeases();
        _beatAt = time.GetTimestamp();
        foreach (var instance in remote.Expire()) Log.Lost(logger, instance, options.LeaseSeconds);
        Speak();
    }

    /// <summary>Announces that this instance stops. It must be the last message.</summary>
    public void Stop()
    {
        Speak();
        Publish(new PresenceGoodbye(_self));
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var received = PresenceCodec.Decode(message);
        if (received.Instance == _self) return;
        remote.Receive(received);
        if (received is PresenceRollCall) _heartbeatWanted = true;
        else if (received is PresenceRequest request && request.Of == _self) _snapshotWanted = true;
    }

    void IBackplaneTopic.Recover()
    {
        remote.RenewLeases();
        _rollCallWanted = _heartbeatWanted = true;
    }

    private void Speak()
    {
        var withUsers = _snapshotWanted && (_snapshotAt is not { } at || time.GetElapsedTime(at) >= BetweenSnapshots);
        if (withUsers) _snapshotWanted = false;
        var state = local.Take(withUsers);
        if (!exchange.HasPeers) return;
        var version = state.Version - state.Deltas.Count;
        foreach (var steps in state.Deltas) Publish(new PresenceDelta(_self, ++version, steps));
        if (withUsers) PublishSnapshot(state);
        PublishHeartbeat(state);
        foreach (var instance in remote.TakeRequests()) Publish(new PresenceRequest(_self, instance));
    }

    private void PublishSnapshot(LocalState state)
    {
        _snapshotAt = time.GetTimestamp();
        var parts = Math.Max(1,
            (state.Users.Count + PresenceCodec.StepsPerMessage - 1) / PresenceCodec.StepsPerMessage);
        for (var i = 0; i < parts; i++)
        {
            var from = i * PresenceCodec.StepsPerMessage;
            var users = state.Users.GetRange(from, Math.Min(PresenceCodec.StepsPerMessage, state.Users.Count - from));
            Publish(new PresencePart(_self, state.Version, i, parts, users));
        }
    }

    private void PublishHeartbeat(LocalState state)
    {
        if (_rollCallWanted)
        {
            _rollCallWanted = false;
            Publish(new PresenceRollCall(_self));
        }
        if (!_heartbeatWanted && time.GetElapsedTime(_heartbeatAt) < _heartbeat) return;
        _heartbeatWanted = false;
        _heartbeatAt = time.GetTimestamp();
        Publish(new PresenceHeartbeat(_self, state.Version, state.Count));
    }

    private void Publish(PresenceMessage message) =>
        exchange.Publish(BackplaneChannel.Everyone, PresenceCodec.Encode(message), Kind);

    private static partial class Log
    {
        [LoggerMessage(8000, LogLevel.Warning,
            "Instance {Instance} has been silent for {Seconds} s; its users count as offline")]
        public static partial void Lost(ILogger logger, Guid instance, int seconds);
    }
}
