using System.Threading.Channels;
using Chat.Server.Callers;
using Chat.Server.Observability;

namespace Chat.Server.Presence;

/// <summary>The users online on any instance, each with the number of their instances. A user comes online with the
/// first and goes offline with the last.</summary>
internal sealed class PresenceBoard(ChatMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserKey, Stay> _users = [];
    private readonly Dictionary<Tenant, HashSet<UserKey>> _byTenant = [];
    private readonly Channel<BoardChange> _changes =
        Channel.CreateUnbounded<BoardChange>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The changes, in order, each real change once.</summary>
    public ChannelReader<BoardChange> Changes => _changes.Reader;

    /// <summary>How many users of the tenant are online.</summary>
    public int CountOf(Tenant tenant)
    {
        lock (_gate) return _byTenant.TryGetValue(tenant, out var users) ? users.Count : 0;
    }

    public bool IsOnline(UserKey user)
    {
        lock (_gate) return _users.ContainsKey(user);
    }

    /// <summary>Which of these users are online.</summary>
    public HashSet<UserKey> OnlineAmong(IEnumerable<UserKey> users)
    {
        lock (_gate) return [.. users.Where(_users.ContainsKey)];
    }

    /// <summary>Some of the tenant's users that are online, and how many there are.</summary>
    public (List<UserKey> Users, int Count) OnlineOf(Tenant tenant, int limit)
    {
        lock (_gate)
            return _byTenant.TryGetValue(tenant, out var users) ? ([.. users.Take(limit)], users.Count) : ([], 0);
    }

    /// <summary>One more instance has the user.</summary>
    public void Add(UserKey user)
    {
        lock (_gate)
        {
            var stay = _users.GetValueOrDefault(user);
            _users[user] = stay with { Instances = stay.Instances + 1 };
            if (stay.Instances > 0) return;
            if (!_byTenant.TryGetValue(user.Tenant, out var users)) _byTenant.Add(user.Tenant, users = []);
            users.Add(user);
            Report_NeedsLock(new BoardChange(user, Online: true, LastSeenAt: null));
        }
    }

    /// <summary>One instance less has the user.</summary>
    /// <returns>True when it was the last one.</returns>
    public bool Remove(UserKey user, DateTimeOffset lastSeenAt)
    {
        lock (_gate)
        {
            var stay = _users[user];
            // Two instances may report departures out of order.
            if (stay.LeftAt > lastSeenAt) lastSeenAt = stay.LeftAt.Value;
            if (stay.Instances > 1)
            {
                _users[user] = new Stay(stay.Instances - 1, lastSeenAt);
                return false;
            }
            _users.Remove(user);
            var left = _byTenant[user.Tenant];
            left.Remove(user);
            if (left.Count == 0) _byTenant.Remove(user.Tenant);
            Report_NeedsLock(new BoardChange(user, Online: false, lastSeenAt));
            return true;
        }
    }

    private void Report_NeedsLock(BoardChange change)
    {
        metrics.PresenceChanged(_users.Count);
        _changes.Writer.TryWrite(change);
    }

    /// <param name="Instances">Number of instances that have the user.</param> <param name="LeftAt">When the user was
    /// last online on an instance that no longer has the user.</param>
    private readonly record struct Stay(int Instances, DateTimeOffset? LeftAt);
}
