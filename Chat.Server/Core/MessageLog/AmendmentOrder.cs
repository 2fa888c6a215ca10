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
        HashSet<(ConversationId, long)>? changed = null;
        HashSet<ConversationId>? later = null;
        foreach (var append in taken)
        {
            var draft = append.Draft;
            if (!draft.Content.IsAmendment || later?.Contains(draft.ConversationId) == true) continue;
            if (!(changed ??= []).Add((draft.ConversationId, draft.Content.TargetSequence ?? 0)))
                (later ??= []).Add(draft.ConversationId);
        }
        if (later is null)
        {
            left = [];
            return taken;
        }
        return Part(taken, later, out left);
    }

    private static List<PendingAppend> Part(
        List<PendingAppend> taken, HashSet<ConversationId> crowded, out List<PendingAppend> left)
    {
        var batch = new List<PendingAppend>(taken.Count);
        var changed = new HashSet<(ConversationId, long)>();
        var closed = new HashSet<ConversationId>();
        left = [];
        foreach (var append in taken)
        {
            var draft = append.Draft;
            if (crowded.Contains(draft.ConversationId) && draft.Content.IsAmendment
                && !changed.Add((draft.ConversationId, draft.Content.TargetSequence ?? 0)))
                closed.Add(draft.ConversationId);
            (closed.Contains(draft.ConversationId) ? left : batch).Add(append);
        }
        return batch;
    }
}
