using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Keys.Store;

/// <summary>Keys and tokens in the database. Failures are <see cref="StoreException"/>.</summary>
internal sealed class CredentialStore(ChatDatabase database, IAuditLog audit)
{
    /// <summary>Stores a new one, with its entry in the audit. From then on the deployment requires servers that know
    /// of keys.</summary>
    public Task<bool> AddAsync<T>(T row, AuditEntry entry, CancellationToken ct)
        where T : CredentialRow => database.ChangeUntilKnownAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await DeploymentLevel.RequireAsync(db, Deployment.LevelOfRights, ct);
            // The second time it is there already, with all that goes with it.
            if (await db.Set<T>().AnyAsync(c => c.Id == row.Id, ct)) return true;
            db.Set<T>().Add(row);
            audit.Add(db, entry);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }, ct);

    public Task<T?> FindAsync<T>(string id, CancellationToken ct)
        where T : CredentialRow =>
        database.RunAsync(db => db.Set<T>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct), ct);

    /// <summary>All keys that are for a tenant, or for all where it is null, the newest first.</summary>
    public Task<List<ApiKeyRow>> ListKeysAsync(Tenant? tenant, CancellationToken ct) => database.RunAsync(
        db =>
        {
            var keys = db.Set<ApiKeyRow>().AsNoTracking();
            if (tenant is { } one) keys = keys.Where(k => k.Tenant == one);
            return keys.OrderByDescending(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(ct);
        }, ct);

    /// <summary>Revokes a key or a token.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="may">Whether it is within the caller's reach.</param>
    /// <param name="now">Since when.</param>
    /// <param name="entry">For the audit.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>It, as it is now; null when there is none.</returns>
    public Task<T?> RevokeAsync<T>(
        string id, Func<T, bool> may, DateTimeOffset now, AuditEntry entry, CancellationToken ct)
        where T : CredentialRow => database.ChangeUntilKnownAsync(
        async db =>
        {
            if (await db.Set<T>().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } row || !may(row)) return null;
            if (row.RevokedAt is not null) return row;
            row.RevokedAt = Microseconds.Truncate(now);
            audit.Add(db, entry);
            await db.SaveChangesAsync(ct);
            return row;
        }, ct);

    /// <summary>Deletes tokens that expired before a time.</summary>
    public Task DeleteTokensAsync(DateTimeOffset before, CancellationToken ct) => database.DeleteInStepsAsync(
        (db, most) => db.Set<UserTokenRow>()
            .Where(t => db.Set<UserTokenRow>().Where(old => old.ExpiresAt < before).OrderBy(old => old.ExpiresAt)
                .Take(most).Select(old => old.Id).Contains(t.Id))
            .ExecuteDeleteAsync(ct), ct);
}
