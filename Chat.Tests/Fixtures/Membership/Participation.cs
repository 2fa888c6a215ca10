using Chat.Contracts.Entries;

namespace Chat.Tests.Fixtures.Membership;

/// <summary>When a user took part, by the log alone: after how many of its entries.</summary>
internal sealed class Participation
{
    private readonly bool[] _isIn;
    private readonly bool[] _isMuted;
    private readonly HashSet<long> _removals = [];

    /// <param name="log">The whole log, from sequence 1.</param>
    /// <param name="user">Who.</param>
    public Participation(IReadOnlyList<ConversationEntry> log, string user)
    {
        _isIn = new bool[log.Count + 1];
        _isMuted = new bool[log.Count + 1];
        for (var i = 1; i < _isIn.Length; i++)
        {
            _isIn[i] = After(log[i - 1], user, _isIn[i - 1]);
            _isMuted[i] = _isIn[i] && (log[i - 1] is RoleChangedEntry changed && changed.ParticipantId.Value == user
                ? changed.Role == ParticipantRole.Readonly
                : _isMuted[i - 1]);
        }
    }

    /// <summary>Whether the user took part when the log reached so far.</summary>
    public bool IsIn(long head) => _isIn[Math.Clamp(head, 0, _isIn.Length - 1)];

    /// <summary>Whether the user was muted when the log reached so far.</summary>
    public bool IsMuted(long head) => _isMuted[Math.Clamp(head, 0, _isMuted.Length - 1)];

    /// <summary>Whether the user took part (or not) at some moment between the two.</summary>
    public bool EverWas(bool isIn, long from, long to)
    {
        for (var head = from; head <= Math.Min(to, _isIn.Length - 1); head++)
            if (IsIn(head) == isIn) return true;
        return false;
    }

    public bool IsRemoval(long sequence) => _removals.Contains(sequence);

    /// <summary>The last entry that a connection may be shown whose right was looked at when the log reached so far at
    /// most.</summary>
    public long LimitAsOf(long head)
    {
        if (IsIn(head)) return _removals.Where(removal => removal > head).DefaultIfEmpty(long.MaxValue).Min();
        return _removals.Where(removal => removal <= head).DefaultIfEmpty(0).Max();
    }

    private bool After(ConversationEntry entry, string user, bool before)
    {
        switch (entry)
        {
            case ConversationCreatedEntry created:
                return before || created.ParticipantIds.Any(participant => participant.Value == user);
            case ParticipantsAddedEntry added:
                return before || added.ParticipantIds.Any(participant => participant.Value == user);
            case ParticipantRemovedEntry removed when removed.ParticipantId.Value == user:
                _removals.Add(entry.Sequence);
                return false;
            default:
                return before;
        }
    }
}
