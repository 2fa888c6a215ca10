using Chat.Contracts.Entries;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Retention;

/// <summary>Erases content. Failures are <see cref="StoreException"/>.</summary>
internal sealed class RetentionStore(ChatDatabase database)
{
    /// <summary>Erases the content of messages stored in this time, at most so many of them.</summary>
    /// <returns>How many had any.</returns>
    public Task<int> EraseAsync(
        DateTimeOffset from, DateTimeOffset until, int most, CancellationToken ct) => database.RunAsync(
        async db =>
        {
            var ids = await db.Messages
                .Where(m => m.CreatedAt >= from && m.CreatedAt < until && m.Kind == EntryKind.Message)
                .Where(m => m.Message != "" || m.AttachmentUrl != null || m.AttachmentMeta != null || m.Payload != null)
                .OrderBy(m => m.CreatedAt).Take(most).Select(m => m.Id).ToListAsync(ct);
            return ids.Count == 0 ? 0 : await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Message, "").SetProperty(m => m.AttachmentUrl, (string?)null)
                    .SetProperty(m => m.AttachmentMeta, (string?)null).SetProperty(m => m.Payload, (string?)null), ct);
        }, ct);
}
