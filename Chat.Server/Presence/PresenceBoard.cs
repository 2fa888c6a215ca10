using System.Threading.Channels;
using Chat.Contracts.Identifiers;
using Chat.Server.Observability;

namespace Chat.Server.Presence;

/// <summary>Who is online anywhere: each user with the number of instances that have them. A user comes with the first and goes with the last.</summary>
internal sealed class PresenceBoard(ChatMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, int> _instances = [];
    private readonly Channel<BoardChange> _changes = Channel.CreateUnbounded<BoardChange>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>What happened, in order, each real change once.</summary>
    public ChannelReader<BoardChange> Changes => _changes.Reader;

    public int OnlineCount
    {
        get
        {
            lock (_gate) return _instances.Count;
        }
    }

    public bool IsOnline(UserId user)
    {
        lock (_gate) return _instances.ContainsKey(user);
    }

    /// <summary>Which of these users are online.</summary>
    public HashSet<UserId> OnlineAmong(IEnumerable<UserId> users)
    {
        lock (_gate) return [.. users.Where(_instances.ContainsKey)];
    }

    /// <summary>Some of those online, and how many there are.</summary>
    public (List<UserId> Users, int Count) Online(int limit)
    {
        lock (_gate) return ([.. _instances.Keys.Take(limit)], _instances.Count);
    }

    /// <summary>One more instance has the user.</summary>
    public void Add(UserId user)
    {
        lock (_gate)
        {
            var instances = _instances.GetValueOrDefault(user) + 1;
            _instances[user] = instances;
            if (instances == 1) Report(new BoardChange(user, Online: true, LastSeenAt: null));
        }
    }

    /// <summary>An instance has the user no longer.</summary>
    /// <returns>True when it was the last one.</returns>
    public bool Remove(UserId user, DateTimeOffset lastSeenAt)
    {
        lock (_gate)
        {
            var instances = _instances[user] - 1;
            if (instances > 0)
            {
                _instances[user] = instances;
                return false;
            }
            _instances.Remove(user);
            Report(new BoardChange(user, Online: false, lastSeenAt));
            return true;
        }
    }

    private void Report(BoardChange change)
    {
        metrics.PresenceChanged(_instances.Count);
        _changes.Writer.TryWrite(change);
    }
}

/// <summary>A user came, or went.</summary>
internal readonly record struct BoardChange(UserId User, bool Online, DateTimeOffset? LastSeenAt);
