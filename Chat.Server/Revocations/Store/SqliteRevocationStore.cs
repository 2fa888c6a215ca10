using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Revocations.Store;

/// <summary>Revocations on SQLite, which one process writes.</summary>
internal sealed class SqliteRevocationStore(ChatDatabase database, IAuditLog audit, TimeProvider time)
    : IRevocationStore
{
    public Task<Revocation> AddAsync(RevocationOrder order, CancellationToken ct) => database.ChangeAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var rows = db.Set<RevocationRow>();
        var (now, user) = (time.GetUtcNow(), order.User);
        var last = await rows.Select(r => (long?)r.Number).MaxAsync(ct) ?? 0;
        var before = await rows.AsNoTracking().SingleOrDefaultAsync(
            r => r.Tenant == user.Tenant && r.UserId == user.Id && r.Session == order.Session, ct);
        await rows.Where(r => r.Tenant == user.Tenant && r.UserId == user.Id && r.Session == order.Session)
            .ExecuteDeleteAsync(ct);
        var until = UntilOf(order, now, before);
        var row = new RevocationRow
        {
            Number = Math.Max(last + 1, Microseconds.ToUnix(now)), Tenant = user.Tenant, UserId = user.Id,
            Session = order.Session, NotBefore = until, Reason = order.Reason,
            Expires = until is { } end ? (end > now ? end : now) + order.TokensLive : null,
        };
        rows.Add(row);
        if (user.IsEverybody) await SetSuspendedAsync(db, order, now, ct);
        else await SetDeactivatedAsync(db, order, now, ct);
        if (order.Audit is { } entry) audit.Add(db, entry);
        await DeploymentLevel.RequireAsync(db, order.Level, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return row.ToRevocation();
    }, ct);

    /// <summary>The database's clock is this machine's.</summary>
    public Task<DateTimeOffset> ClockAsync(CancellationToken ct) => Task.FromResult(time.GetUtcNow());

    public Task<List<Revocation>> ReadAllAsync(CancellationToken ct) => database.RunAsync(async db =>
        (await db.Set<RevocationRow>().AsNoTracking().OrderBy(r => r.Number).ToListAsync(ct))
            .ConvertAll(row => row.ToRevocation()), ct);

    public Task<int> DeleteExpiredAsync(DateTimeOffset now, CancellationToken ct) => database.ChangeAsync(
        db => db.Set<RevocationRow>().Where(r => r.Expires < now).ExecuteDeleteAsync(ct), ct);

    /// <summary>A revocation never takes back an earlier one; only a reactivation does.</summary>
    private static DateTimeOffset? UntilOf(RevocationOrder order, DateTimeOffset now, RevocationRow? before)
    {
        if (order.RefusesAll) return null;
        if (order.Kind == RevocationKind.Revoke && before is { NotBefore: null }) return null;
        var until = order.Before ?? DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return before?.NotBefore is { } earlier && earlier > until ? earlier : until;
    }

    private static async Task SetDeactivatedAsync(
        ChatDbContext db, RevocationOrder order, DateTimeOffset now, CancellationToken ct)
    {
        if (order.Kind == RevocationKind.Revoke) return;
        var (tenant, id) = (order.User.Tenant, order.User.Id);
        DateTimeOffset? at = order.Kind == RevocationKind.Deactivate ? now : null;
        var changed = await db.Users.Where(u => u.Tenant == tenant && u.UserId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.DeactivatedAt, at), ct);
        if (changed == 0 && at is not null)
            db.Users.Add(new UserRow { Tenant = tenant, UserId = id, DeactivatedAt = at });
    }

    private static async Task SetSuspendedAsync(
        ChatDbContext db, RevocationOrder order, DateTimeOffset now, CancellationToken ct)
    {
        var tenant = order.User.Tenant;
        if (await db.Tenants.FirstOrDefaultAsync(t => t.Name == tenant, ct) is not { } row)
            db.Add(row = new TenantRow { Name = tenant, Reason = "" });
        row.SuspendedAt = order.RefusesAll ? row.SuspendedAt ?? now : null;
        row.Reason = order.RefusesAll ? order.Reason : "";
    }
}
