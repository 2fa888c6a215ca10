using Chat.Server.Audit;
using Chat.Server.Keys.Store;
using Chat.Server.Persistence;

namespace Chat.Server.Keys;

/// <summary>Makes keys.</summary>
internal sealed class KeyMaker(Credentials<ApiKeyRow> keys, TimeProvider time)
{
    /// <returns>The key, which nobody can be shown again, and what is known of it.</returns>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="by">Who asked for it; the act and target of the audit are added.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <exception cref="StoreException">It is not stored, or that is not known.</exception>
    public async Task<(string Key, ApiKeyRow Row)> MakeAsync(NewKey wanted, AuditEntry by, CancellationToken ct)
    {
        var made = Credential.Make(Credential.Key);
        var now = Microseconds.Truncate(time.GetUtcNow());
        var row = new ApiKeyRow
        {
            Id = made.Id, Digest = made.Digest(), Name = wanted.Name, Tenant = wanted.Tenant, Scopes = wanted.Scopes,
            CreatedAt = now, CreatedBy = by.Actor, ExpiresAt = now + wanted.Life,
        };
        await keys.AddAsync(row, by with { Tenant = wanted.Tenant, Act = "key.create", Target = made.Id }, ct);
        return (made.Text, row);
    }
}
