using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

/// <summary>Who types where, as this instance knows it from its own users and from other instances. A typist who falls
/// silent is forgotten.</summary>
internal sealed class TypingTracker(SignalsOptions options, TimeProvider time)
{
    /// <summary>Typists at a time. Further ones are not shown, because nobody would remember to end them.</summary>
    public const int Capacity = 65_536;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ConversationId, UserId), long> _heardAt = [];
    private int _count;

    /// <summary>False for what says nothing new: a repeat within the throttle, or the end of what never
    /// began.</summary>
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

    /// <summary>Remembers what is about to be shown; false when it should not be.</summary>
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
            _ => null,
        };
    }

    /// <summary>Forgets those who were not heard from for too long, and says who they are.</summary>
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
