using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Where logs end, as the rows of their conversations say it. Of logs that come whole: an append moves its own
/// end.</summary>
internal static class LogEnds
{
    /// <summary>The log is stored up to there.</summary>
    public static Task MoveEndAsync(
        this ChatDbContext db, ConversationId conversation, ShownLinks end, CancellationToken ct) =>
        db.Conversations.Where(c => c.Id == conversation).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.LastSequence, end.Last).SetProperty(c => c.LastEntryAt, end.LastAt)
            .SetProperty(c => c.LastShownSequence, end.Shown).SetProperty(c => c.LastShownAt, end.ShownAt)
            .SetProperty(c => c.ListedAt, c => end.ShownAt ?? end.LastAt ?? c.CreatedAt), ct);
}
