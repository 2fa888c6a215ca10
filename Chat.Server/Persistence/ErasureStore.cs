using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Erases content ahead of the entry that says so. Failures are <see cref="StoreException"/>.</summary>
internal sealed class ErasureStore(ChatDatabase database, DatabaseSettings settings)
{
    /// <summary>Takes the lock of the conversation with the key {0}, on both databases.</summary>
    public const string Lock = "update conversations set last_sequence = last_sequence where id = {0}";

    /// <summary>The newest sequence of the conversation.</summary>
    public Task<long> HeadAsync(ConversationId conversation, CancellationToken ct) => database.RunAsync(
        db => db.Conversations.Where(c => c.Id == conversation).Select(c => c.LastSequence).FirstOrDefaultAsync(ct),
        ct);

    /// <summary>The sequences of entries in a stretch of the log that have content of their own, and go with their
    /// edits.</summary>
    /// <param name="conversation">Whose log.</param>
    /// <param name="part">Which stretch.</param>
    /// <param name="user">Whose; null: everybody's.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<List<long>> FindAsync(
        ConversationId conversation, ErasedPart part, UserId? user, int most, CancellationToken ct) =>
        database.RunAsync(
        db =>
        {
            var rows = WithContent(db.Messages).Where(m =>
                m.ConversationId == conversation && m.Sequence > part.After && m.Sequence <= part.UpTo);
            if (user is { } sender) rows = rows.Where(m => m.SenderId == sender);
            return rows.OrderBy(m => m.Sequence).Select(m => m.Sequence).Take(most).ToListAsync(ct);
        }, ct);

    /// <summary>Erases stretches, in one transaction, behind the lock of the conversation.</summary>
    public Task EraseAsync(
        ConversationId conversation, IReadOnlyList<ErasedPart> parts, UserId? user, CancellationToken ct) =>
        database.ChangeAsync(
        async db =>
        {
            var key = settings.KeyOf(conversation);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Database.ExecuteSqlRawAsync(Lock, [key], ct);
            foreach (var part in parts) await EraseAsync(db, settings.Kind, key, part, user, ct);
            await transaction.CommitAsync(ct);
            return 0;
        }, ct);

    /// <summary>Erases a stretch, in a transaction that has the lock of the conversation.</summary>
    /// <param name="db">Has the transaction.</param>
    /// <param name="kind">Which database it is.</param>
    /// <param name="key">The conversation, as <see cref="DatabaseSettings.KeyOf(Guid)"/> has it.</param>
    /// <param name="part">Which stretch.</param>
    /// <param name="user">Whose content; null: everybody's.</param>
    /// <param name="ct">Cancels waiting.</param>
    public static async Task EraseAsync(
        ChatDbContext db, DatabaseKind kind, object key, ErasedPart part, UserId? user, CancellationToken ct)
    {
        foreach (var sql in ErasureSql.Statements("{0}", "{1}", "{2}", "{3}", kind))
            await db.Database.ExecuteSqlRawAsync(
                sql, [key, part.After, part.UpTo, user?.Value ?? ErasureSql.Everybody], ct);
    }

    /// <summary>Notes that there is nothing left up to a place, where no entry says so: instances drop what their
    /// memory has.</summary>
    public Task MarkAsync(ConversationId conversation, long through, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            var marked = await db.Conversations.Where(c => c.Id == conversation && c.ErasedSequence < through)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.ErasedSequence, through), ct);
            // What was erased is in the file of what is written until that is emptied; a reader may be in the way.
            if (settings.Kind == DatabaseKind.Sqlite)
                await db.Database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)", ct);
            return marked;
        }, ct);

    /// <summary>Messages that have content, and deletions that say why.</summary>
    public static IQueryable<MessageRow> WithContent(IQueryable<MessageRow> rows) => rows.Where(m =>
        (m.Kind == EntryKind.Message || m.Kind == EntryKind.MessageDeleted)
        && (m.Message != "" || m.AttachmentUrl != null || m.AttachmentMeta != null || m.Payload != null));
}
