using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Concurrency;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Reactions;

/// <summary>Reactions that this instance has stored and no entry tells yet, in the order in which they are
/// due.</summary>
/// <remarks>At most <see cref="Capacity"/> messages; what finds no room is told by the upkeep.</remarks>
internal sealed class UntoldReactions : ICommitObserver
{
    private const int Capacity = 65_536;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ConversationId, long Target), ReactionMark> _marks = [];
    private readonly PriorityQueue<(ConversationId, long Target), DateTimeOffset> _due = new(); // each of them once

    /// <summary>Wakes who tells, when there is something again.</summary>
    public WakeOnce Added { get; } = new();

    /// <summary>When the first of them is due; null: there is none.</summary>
    public DateTimeOffset? FirstDueAt
    {
        get
        {
            lock (_gate) return _due.TryPeek(out _, out var due) ? due : null;
        }
    }

    public void Committed(IReadOnlyList<ConversationEntry> entries) { }

    public void Reacted(IReadOnlyList<ReactionSet> sets)
    {
        var isFirst = false;
        lock (_gate)
            foreach (var set in sets)
                if (set.Outcome.Untold is { } mark) isFirst |= Add_NeedsLock(mark);
        if (isFirst) Added.Set();
    }

    /// <summary>Takes those whose interval is over.</summary>
    public List<ReactionMark> TakeDue(DateTimeOffset now)
    {
        var marks = new List<ReactionMark>();
        lock (_gate)
            while (_due.TryPeek(out var key, out var due) && due <= now)
            {
                var newest = _marks[key];
                // Another entry has told them since, maybe of another instance: the interval has begun again.
                if (newest.DueAt > now) _due.DequeueEnqueue(key, newest.DueAt);
                else if (_marks.Remove(_due.Dequeue())) marks.Add(newest);
            }
        return marks;
    }

    /// <returns>Whether it is the only one.</returns>
    private bool Add_NeedsLock(ReactionMark mark)
    {
        var key = (mark.Conversation, mark.Target);
        if (_marks.ContainsKey(key))
        {
            _marks[key] = mark;
            return false;
        }
        if (_marks.Count == Capacity) return false;
        _marks.Add(key, mark);
        _due.Enqueue(key, mark.DueAt);
        return _due.Count == 1;
    }
}
