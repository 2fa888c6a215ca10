using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>The newest messages of a conversation's main stream that have content, for counting what is unread for many
/// users at once: it is read once for all of them.</summary>
internal sealed class RecentMessages
{
    private readonly List<(long Sequence, string Sender)> _messages = [];
    private long _looked = long.MaxValue;

    /// <summary>Takes the next shown entry, from the newest back.</summary>
    /// <param name="sequence">The entry's.</param>
    /// <param name="sender">Who sent it.</param>
    /// <param name="before">The shown entry before it, or 0.</param>
    /// <param name="counts">It is a message with content.</param>
    public void Take(long sequence, string sender, long before, bool counts)
    {
        if (counts) _messages.Add((sequence, sender));
        _looked = Math.Min(_looked, before);
    }

    /// <summary>What is unread for a user behind a position.</summary>
    public Unread CountFor(UserId user, long after)
    {
        var found = 0;
        foreach (var (sequence, sender) in _messages)
        {
            if (sequence <= after || found > UnreadPlace.MostCounted) break;
            if (sender != user.Value) found++;
        }
        return UnreadPlace.Counted(found, isAll: _looked <= after);
    }
}
