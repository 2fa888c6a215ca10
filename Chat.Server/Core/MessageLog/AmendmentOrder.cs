using Chat.Contracts.Identifiers;

namespace Chat.Server.Core.MessageLog;

/// <summary>A batch holds at most one change of a message, and one set of reactions of a user to it: each is decided
/// against what was stored before its batch. Reactions are stored first, so they come before a deletion in their batch,
/// and never behind it.</summary>
internal static class AmendmentOrder
{
    /// <summary>What can be stored in one batch. A second change of a message, and all of its conversation behind it,
    /// is left for the next: so every conversation keeps its order.</summary>
    /// <param name="left">What is to be stored; then what is left of it.</param>
    public static List<PendingAppend> TakeBatch(ref List<PendingAppend> left)
    {
        var taken = left;
        left = [];
        if (!taken.Exists(static append => append.Draft.HasTarget)) return taken;
        var batch = new List<PendingAppend>(taken.Count);
        var changed = new HashSet<(ConversationId, long)>();
        var reacted = new HashSet<(ConversationId, long, UserId)>();
        var closed = new HashSet<ConversationId>();
        foreach (var append in taken)
        {
            var (where, content) = (append.Draft.ConversationId, append.Draft.Content);
            var target = content.TargetSequence ?? 0;
            if (content.IsAmendment && !changed.Add((where, target))
                || append.Draft.Reaction is { } move && (changed.Contains((where, target))
                    || move.Keys is not null && !reacted.Add((where, target, append.Draft.SenderId))))
                closed.Add(where);
            (closed.Contains(where) ? left : batch).Add(append);
        }
        return batch;
    }
}
