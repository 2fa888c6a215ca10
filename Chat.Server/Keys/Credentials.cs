using System.Security.Cryptography;
using Chat.Server.Audit;
using Chat.Server.Keys.Store;
using Chat.Server.Persistence;

namespace Chat.Server.Keys;

/// <summary>Keys, or tokens: looks them up, makes and revokes them.</summary>
internal sealed class Credentials<T>(CredentialStore store, TimeProvider time)
    where T : CredentialRow
{
    private readonly CredentialMemory<T> _memory = new(time);

    /// <summary>Looks up what was given.</summary>
    public async ValueTask<Found<T>> FindAsync(string text, CancellationToken ct)
    {
        if (Credential.Parse(text) is not { } given) return new(CredentialState.Unknown, null);
        try
        {
            return Check(await ReadAsync(given.Id, ct), given);
        }
        catch (StoreException)
        {
            return new(CredentialState.NotToBeHad, null);
        }
    }

    /// <summary>One that has proven itself before: whether it still holds.</summary>
    public async ValueTask<Found<T>> FindStandingAsync(string id, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(id, ct) is { } row ? AsItIs(row) : new(CredentialState.Unknown, null);
        }
        catch (StoreException)
        {
            return new(CredentialState.NotToBeHad, null);
        }
    }

    /// <exception cref="StoreException">It is not stored, or that is not known.</exception>
    public Task AddAsync(T row, AuditEntry entry, CancellationToken ct) => store.AddAsync(row, entry, ct);

    /// <summary>Revokes one: this instance takes it no longer, others within
    /// <see cref="CredentialMemory{T}.Life"/>.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="may">Whether it is within the caller's reach.</param>
    /// <param name="entry">For the audit.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>Null: there is none that is within reach.</returns>
    public async Task<T?> RevokeAsync(string id, Func<T, bool> may, AuditEntry entry, CancellationToken ct)
    {
        var revoked = await store.RevokeAsync(id, may, time.GetUtcNow(), entry, ct);
        _memory.Forget(id);
        return revoked;
    }

    private async ValueTask<T?> ReadAsync(string id, CancellationToken ct)
    {
        if (_memory.Find(id) is { } known) return known;
        var at = time.GetTimestamp();
        var row = await store.FindAsync<T>(id, ct);
        if (row is not null) _memory.Remember(row, at);
        return row;
    }

    /// <summary>The comparison takes as long for every secret.</summary>
    private Found<T> Check(T? row, Credential given)
    {
        if (!CryptographicOperations.FixedTimeEquals(row?.Digest ?? new byte[SHA256.HashSizeInBytes], given.Digest()))
            return new(CredentialState.Unknown, null);
        return AsItIs(row!);
    }

    private Found<T> AsItIs(T row)
    {
        var state = StateOf(row);
        return new(state, state == CredentialState.Good ? row : null);
    }

    private CredentialState StateOf(T row) =>
        row.RevokedAt is not null ? CredentialState.Revoked
        : row.ExpiresAt <= time.GetUtcNow() ? CredentialState.Expired
        : CredentialState.Good;
}
