using Chat.Contracts.Identifiers;

namespace Chat.Server.Core.MessageLog;

/// <summary>A batch holds at most one change of a message: each is decided against what was stored before its
/// batch.</summary>
internal static class AmendmentOrder
{
    /// <summary>What can be stored in one batch. A second change of a message, and all of its conversation behind it,
    /// is left for the next: so every conversation keeps its order.</summary>
    /// <param name="left">What is to be stored; then what is left of it.</param>
    public static List<PendingAppend> TakeBatch(ref List<PendingAppend> left)
    {
        var taken = left;
        left = [];
        if (!taken.Exists(static append => append.Draft.Content.IsAmendment)) return taken;
        var batch = new List<PendingAppend>(taken.Count);
        var changed = new HashSet<(ConversationId, long)>();
        var closed = new HashSet<ConversationId>();
        foreach (var append in taken)
        {
            var (where, content) = (append.Draft.ConversationId, append.Draft.Content);
            if (content.IsAmendment && !changed.Add((where, content.TargetSequence ?? 0))) closed.Add(where);
            (closed.Contains(where) ? left : batch).Add(append);
        }
        return batch;
    }
}
