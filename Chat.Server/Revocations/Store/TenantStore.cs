using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Revocations.Store;

/// <summary>What is known of tenants. Failures are <see cref="StoreException"/>.</summary>
internal sealed class TenantStore(ChatDatabase database)
{
    private const int Most = 10_000;

    /// <summary>Those that are suspended, by name.</summary>
    public Task<List<TenantRow>> ListSuspendedAsync(CancellationToken ct) => database.RunAsync(
        db => db.Tenants.AsNoTracking().Where(t => t.SuspendedAt != null).OrderBy(t => t.Name).Take(Most)
            .ToListAsync(ct), ct);
}
