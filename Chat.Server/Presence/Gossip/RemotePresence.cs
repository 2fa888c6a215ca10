using Chat.Server.Callers;
using Chat.Server.Observability;

namespace Chat.Server.Presence.Gossip;

/// <summary>The users connected to other instances, from their messages. An instance that is silent for a lease is
/// removed with all its users.</summary>
internal sealed class RemotePresence(
    PresenceBoard board, LastSeenJournal journal, PresenceOptions options, ChatMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, PresencePeer> _peers = [];
    private readonly Dictionary<Guid, long> _stopped = [];
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(options.LeaseSeconds);
    private readonly TimeSpan _linger = TimeSpan.FromSeconds(options.LingerSeconds);

    /// <summary>Processes a message of another instance about its users.</summary>
    public void Receive(PresenceMessage message)
    {
        lock (_gate)
        {
            if (Hear_NeedsLock(message.Instance) is not { } peer) return;
            switch (message)
            {
                case PresenceDelta delta:
                    if (peer.Accepts(delta))
                        foreach (var step in delta.Steps) Take_NeedsLock(peer, step);
                    break;
                case PresenceHeartbeat heartbeat:
                    peer.Compare(heartbeat);
                    break;
                case PresencePart part:
                    if (peer.Collect(part) is { } users) Replace_NeedsLock(peer, users);
                    break;
                case PresenceGoodbye:
                    // its users linger: they are probably on their way to another instance
                    peer.LeavingFrom = time.GetTimestamp();
                    break;
            }
        }
    }

    /// <summary>The instances of which a snapshot is needed now. One that does not come is requested again after a
    /// while.</summary>
    public List<Guid> TakeRequests()
    {
        var due = new List<Guid>();
        lock (_gate)
        {
            foreach (var peer in _peers.Values)
            {
                if (!peer.IsBehind || peer.LeavingFrom is not null
                    || peer.AskedAt is { } asked && time.GetElapsedTime(asked) < BetweenRequests) continue;
                peer.AskedAt = time.GetTimestamp();
                due.Add(peer.Instance);
            }
        }
        return due;
    }

    /// <summary>Restarts all leases: until now this instance could not receive.</summary>
    public void RenewLeases()
    {
        lock (_gate)
            foreach (var peer in _peers.Values) peer.LeaseFrom = time.GetTimestamp();
    }

    /// <summary>Forgets the instances whose lease is over, and those that have stopped and whose users have had time to
    /// come back.</summary>
    /// <returns>Which were lost without a word.</returns>
    public List<Guid> Expire()
    {
        var lost = new List<Guid>();
        lock (_gate)
        {
            foreach (var peer in _peers.Values.ToList())
            {
                var isOver = time.GetElapsedTime(peer.LeaseFrom) >= _lease;
                if (!isOver && !(peer.LeavingFrom is { } from && time.GetElapsedTime(from) >= _linger)) continue;
                _peers.Remove(peer.Instance);
                if (peer.LeavingFrom is null) lost.Add(peer.Instance);
                else _stopped[peer.Instance] = time.GetTimestamp();
                foreach (var user in peer.Users) Remove_NeedsLock(user, peer.HeardAt, mayBeUnknown: true);
                metrics.PresenceInstances(_peers.Count + 1);
            }
            foreach (var (instance, since) in _stopped)
                if (time.GetElapsedTime(since) >= _lease) _stopped.Remove(instance);
        }
        return lost;
    }

    /// <summary>Null when the instance has stopped: the message was late.</summary>
    private PresencePeer? Hear_NeedsLock(Guid instance)
    {
        if (_stopped.ContainsKey(instance)) return null;
        if (!_peers.TryGetValue(instance, out var peer))
        {
            _peers.Add(instance, peer = new PresencePeer(instance));
            metrics.PresenceInstances(_peers.Count + 1);
        }
        if (peer.LeavingFrom is not null) return null;
        peer.HeardAt = time.GetUtcNow();
        peer.LeaseFrom = time.GetTimestamp();
        return peer;
    }

    private void Take_NeedsLock(PresencePeer peer, PresenceStep step)
    {
        if (step.LeftAt is not { } left)
        {
            if (peer.Users.Add(step.User)) board.Add(step.User);
        }
        else if (peer.Users.Remove(step.User)) Remove_NeedsLock(step.User, left, mayBeUnknown: false);
    }

    private void Replace_NeedsLock(PresencePeer peer, HashSet<UserKey> users)
    {
        var before = peer.Users;
        peer.Adopt(users);
        foreach (var user in users)
            if (!before.Contains(user)) board.Add(user);
        foreach (var user in before)
            if (!users.Contains(user)) Remove_NeedsLock(user, peer.HeardAt, mayBeUnknown: false);
    }

    /// <param name="user">Who.</param>
    /// <param name="lastSeenAt">When the user was last online.</param>
    /// <param name="mayBeUnknown">True when the instance that had the user cannot store it.</param>
    private void Remove_NeedsLock(UserKey user, DateTimeOffset lastSeenAt, bool mayBeUnknown)
    {
        if (board.Remove(user, lastSeenAt) && mayBeUnknown) journal.Note(user, lastSeenAt);
    }
}
