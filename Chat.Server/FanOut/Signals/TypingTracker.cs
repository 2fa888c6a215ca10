using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

/// <summary>Who is typing where, as known from this instance's users and from other instances. Typing that is not
/// repeated expires.</summary>
internal sealed class TypingTracker(SignalsOptions options, TimeProvider time)
{
    /// <summary>Maximum number of typing users. Further ones are not shown, because their end would not be
    /// tracked.</summary>
    public const int Capacity = 65_536;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ConversationId, UserId), long> _heardAt = [];
    private int _count;

    /// <summary>False for what is not a change: a repeat within the throttle, or an end without a start.</summary>
    public bool IsNews(TypingSignal report)
    {
        lock (_gate)
        {
            var typing = _heardAt.TryGetValue((report.Where, report.User), out var heardAt);
            return report.IsTyping
                ? !typing || time.GetElapsedTime(heardAt).TotalMilliseconds >= options.TypingThrottleMilliseconds
                : typing;
        }
    }

    /// <summary>Stores what is about to be shown; false when it should not be shown.</summary>
    public bool Note(TypingSignal signal)
    {
        if (!signal.IsTyping) return End(signal.Where, signal.User);
        lock (_gate)
        {
            var key = (signal.Where, signal.User);
            if (_heardAt.Count >= Capacity && !_heardAt.ContainsKey(key)) return false;
            _heardAt[key] = time.GetTimestamp();
            Volatile.Write(ref _count, _heardAt.Count);
            return true;
        }
    }

    /// <summary>A user who has sent a message, or was removed, has ceased to type.</summary>
    /// <returns>The user who typed until now; null when there is none.</returns>
    public UserId? EndBy(ConversationEntry entry)
    {
        if (Volatile.Read(ref _count) == 0) return null;
        return entry switch
        {
            MessageEntry when End(entry.ConversationId, entry.SenderId) => entry.SenderId,
            ParticipantRemovedEntry { ParticipantId: var removed } when End(entry.ConversationId, removed) => removed,
            RoleChangedEntry { Role: ParticipantRole.Readonly, ParticipantId: var muted }
                when End(entry.ConversationId, muted) => muted,
            _ => null,
        };
    }

    /// <summary>The conversations where the user types now.</summary>
    public List<ConversationId> WhereTypes(UserId user)
    {
        if (Volatile.Read(ref _count) == 0) return [];
        lock (_gate) return [.. _heardAt.Keys.Where(key => key.Item2 == user).Select(key => key.Item1)];
    }

    /// <summary>Removes and returns the users whose typing expired.</summary>
    public List<TypingSignal> TakeExpired()
    {
        var expired = new List<TypingSignal>();
        if (Volatile.Read(ref _count) == 0) return expired;
        lock (_gate)
        {
            foreach (var ((where, user), heardAt) in _heardAt)
                if (time.GetElapsedTime(heardAt).TotalMilliseconds >= options.TypingExpiryMilliseconds)
                    expired.Add(new TypingSignal(where, user, IsTyping: false));
            foreach (var signal in expired) _heardAt.Remove((signal.Where, signal.User));
            Volatile.Write(ref _count, _heardAt.Count);
        }
        return expired;
    }

    private bool End(ConversationId where, UserId user)
    {
        lock (_gate)
        {
            var typed = _heardAt.Remove((where, user));
            Volatile.Write(ref _count, _heardAt.Count);
            return typed;
        }
    }
}
