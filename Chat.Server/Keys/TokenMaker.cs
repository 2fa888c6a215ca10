using Chat.Server.Audit;
using Chat.Server.Keys.Store;
using Chat.Server.Persistence;

namespace Chat.Server.Keys;

/// <summary>Makes tokens of users.</summary>
internal sealed class TokenMaker(Credentials<UserTokenRow> tokens, TimeProvider time)
{
    /// <returns>The token, which nobody can be shown again, and what is known of it.</returns>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="by">Who asked for it; the act and target of the audit are added.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <exception cref="StoreException">It is not stored, or that is not known.</exception>
    public async Task<(string Token, UserTokenRow Row)> MakeAsync(NewToken wanted, AuditEntry by, CancellationToken ct)
    {
        var made = Credential.Make(Credential.Token);
        var now = Microseconds.Truncate(time.GetUtcNow());
        var row = new UserTokenRow
        {
            Id = made.Id, Digest = made.Digest(), Tenant = wanted.User.Tenant, UserId = wanted.User.Id,
            Name = wanted.Name, Roles = wanted.Roles, Session = wanted.Session ?? made.Id, CreatedAt = now,
            CreatedBy = by.Actor, ExpiresAt = now + wanted.Life,
        };
        await tokens.AddAsync(row, by with
        {
            Tenant = wanted.User.Tenant, Act = "token.create", Target = $"user:{wanted.User.Id} {made.Id}"
        }, ct);
        return (made.Text, row);
    }
}
