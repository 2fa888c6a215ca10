using Chat.Server.Callers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Audit.Store;

/// <summary>The table of the audit. Failures are <see cref="StoreException"/>.</summary>
internal sealed class AuditStore(ChatDatabase database, TimeProvider time)
{
    public const int MostOfPage = 500;

    /// <summary>Adds it to a transaction.</summary>
    public void Add(ChatDbContext db, AuditEntry entry) => db.Set<AuditRow>().Add(RowOf(entry));

    public AuditRow RowOf(AuditEntry entry) => new()
    {
        At = Microseconds.Truncate(time.GetUtcNow()), Tenant = entry.Tenant,
        Actor = Cut(entry.Actor, AuditRow.ActorLength), Act = Cut(entry.Act, AuditRow.ActLength),
        Target = Cut(entry.Target, AuditRow.TargetLength), Outcome = Cut(entry.Outcome, AuditRow.OutcomeLength),
        RequestId = entry.RequestId is { } id ? Cut(id, AuditRow.RequestLength) : null,
        Address = entry.Address is { } address ? Cut(address, AuditRow.AddressLength) : null,
    };

    public Task<int> AddAsync(IReadOnlyCollection<AuditRow> rows, CancellationToken ct) => database.ChangeAsync(
        async db =>
        {
            db.Set<AuditRow>().AddRange(rows);
            return await db.SaveChangesAsync(ct);
        }, ct);

    /// <summary>A page, the newest first.</summary>
    /// <param name="tenant">Whose; null: of all, and the deployment's own.</param>
    /// <param name="before">Only those stored before; null: from the newest on.</param>
    /// <param name="act">Only this act; null: all.</param>
    /// <param name="limit">How many, 1 to <see cref="MostOfPage"/>.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<AuditPage> ListAsync(Tenant? tenant, long? before, string? act, int limit, CancellationToken ct) =>
        database.RunAsync(async db =>
        {
            var rows = db.Set<AuditRow>().AsNoTracking();
            if (tenant is { } one) rows = rows.Where(a => a.Tenant == one);
            if (before is { } number) rows = rows.Where(a => a.Number < number);
            if (act is not null) rows = rows.Where(a => a.Act == act);
            var found = await rows.OrderByDescending(a => a.Number).Take(limit).ToListAsync(ct);
            return new AuditPage(found, found.Count == limit ? found[^1].Number : null);
        }, ct);

    /// <summary>Deletes those from before a time.</summary>
    public Task DeleteAsync(DateTimeOffset before, CancellationToken ct) => database.DeleteInStepsAsync(
        (db, most) => db.Set<AuditRow>()
            .Where(a => db.Set<AuditRow>().Where(old => old.At < before).OrderBy(old => old.At)
                .Take(most).Select(old => old.Number).Contains(a.Number))
            .ExecuteDeleteAsync(ct), ct);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
