using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence;
using Chat.Server.Safety.Reports.Store;

namespace Chat.Server.Safety.Reports;

/// <summary>Reads reported messages when they are shown, and at no other time.</summary>
internal sealed class ReportedEntries(IMessageStore log)
{
    public async Task<OpenReport> ShowAsync(ReportRow row, CancellationToken ct)
    {
        var entry = EntryPreview.Of(await FindAsync(row, ct), out var isCut);
        return new OpenReport
        {
            Id = row.Number, ConversationId = row.ConversationId, UserId = row.UserId, Sequence = row.Sequence,
            Entry = entry, IsEntryCut = isCut, Reason = row.Reason, ReporterId = row.ReporterId,
            CreatedAt = row.CreatedAt,
        };
    }

    /// <summary>Null when an older log was restored and another entry has its place now.</summary>
    private async Task<ConversationEntry?> FindAsync(ReportRow row, CancellationToken ct)
    {
        if (row.Sequence is not { } sequence) return null;
        var found = await log.ReadAfterAsync(row.ConversationId, sequence - 1, 1, ct);
        return found is [var entry] && entry.Sequence == sequence && entry.Id == row.MessageId ? entry : null;
    }
}
