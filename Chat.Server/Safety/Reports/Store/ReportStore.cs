using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Safety.Reports.Store;

/// <summary>The table of reports. Failures are <see cref="StoreException"/>.</summary>
internal sealed class ReportStore(ChatDatabase database, IAuditLog audit)
{
    /// <summary>Id and sender of a message whose content is still there; null: there is none at that place.</summary>
    public async Task<(MessageId Id, UserId Sender)?> FindMessageAsync(
        ConversationId conversation, long sequence, CancellationToken ct)
    {
        var found = await database.RunAsync(
            db => db.Messages.AsNoTracking()
                .Where(m => m.ConversationId == conversation && m.Sequence == sequence
                    && m.Kind == EntryKind.Message
                    && (m.Message != "" || m.AttachmentUrl != null || m.AttachmentMeta != null))
                .Select(m => new { m.MessageId, m.SenderId }).FirstOrDefaultAsync(ct), ct);
        return found is null ? null : (found.MessageId, found.SenderId);
    }

    /// <summary>Stores one, with its entry in the audit.</summary>
    public Task<AddOutcome> AddAsync(ReportRow row, AuditEntry entry, CancellationToken ct) =>
        database.ChangeUntilKnownAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var own = Open(db, row.Tenant).Where(r => r.ReporterId == row.ReporterId);
            if (await own.AnyAsync(r => r.ConversationId == row.ConversationId && r.UserId == row.UserId
                && r.Sequence == row.Sequence, ct)) return AddOutcome.IsThere;
            if (await own.CountAsync(ct) >= ChatLimits.ReportsPerUser) return AddOutcome.TooMany;
            db.Add(row);
            audit.Add(db, entry);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return AddOutcome.Stored;
        }, ct);

    /// <summary>A page of the open ones, the oldest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="conversation">Only this one's; null: all of the tenant.</param>
    /// <param name="reader">Those about this user are left out; null: none.</param>
    /// <param name="after">Only those with larger numbers.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<List<ReportRow>> ListAsync(
        Tenant tenant, ConversationId? conversation, UserId? reader, long after, int limit, CancellationToken ct) =>
        database.RunAsync(
        db =>
        {
            var rows = Open(db, tenant).AsNoTracking().Where(r => r.Number > after);
            if (conversation is { } where) rows = rows.Where(r => r.ConversationId == where);
            if (reader is { } user) rows = rows.Where(r => r.UserId != user);
            return rows.OrderBy(r => r.Number).Take(limit).ToListAsync(ct);
        }, ct);

    /// <summary>One of a tenant, open or closed; null: there is none.</summary>
    public Task<ReportRow?> FindAsync(Tenant tenant, long number, CancellationToken ct) => database.RunAsync(
        db => db.Set<ReportRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Tenant == tenant && r.Number == number, ct),
        ct);

    /// <summary>Closes one; false when it was closed before.</summary>
    public Task<bool> CloseAsync(
        long number, ReportOutcome outcome, DateTimeOffset now, AuditEntry entry, CancellationToken ct) =>
        database.ChangeUntilKnownAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var closed = await db.Set<ReportRow>().Where(r => r.Number == number && r.ClosedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.ClosedAt, Microseconds.Truncate(now))
                    .SetProperty(r => r.Outcome, outcome), ct);
            if (closed == 0) return false;
            audit.Add(db, entry);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }, ct);

    /// <summary>Erases what a user wrote as the reason of reports.</summary>
    public Task EraseReasonsAsync(UserKey reporter, CancellationToken ct) => database.DeleteInStepsAsync(
        async (db, most) =>
        {
            var numbers = await db.Set<ReportRow>()
                .Where(r => r.Tenant == reporter.Tenant && r.ReporterId == reporter.Id && r.Reason != "")
                .Select(r => r.Number).Take(most).ToListAsync(ct);
            return await db.Set<ReportRow>().Where(r => numbers.Contains(r.Number))
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Reason, ""), ct);
        }, ct);

    /// <summary>Deletes those made before a time, and those closed before another.</summary>
    public Task DeleteAsync(DateTimeOffset before, DateTimeOffset closedBefore, CancellationToken ct) =>
        database.DeleteInStepsAsync(
        (db, most) => db.Set<ReportRow>()
            .Where(r => db.Set<ReportRow>()
                .Where(old => old.CreatedAt < before
                    || (old.CreatedAt < closedBefore && old.ClosedAt < closedBefore))
                .OrderBy(old => old.CreatedAt).Take(most).Select(old => old.Number).Contains(r.Number))
            .ExecuteDeleteAsync(ct), ct);

    private static IQueryable<ReportRow> Open(ChatDbContext db, Tenant tenant) =>
        db.Set<ReportRow>().Where(r => r.Tenant == tenant && r.ClosedAt == null);
}
