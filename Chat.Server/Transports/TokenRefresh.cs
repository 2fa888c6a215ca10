using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Users;

namespace Chat.Server.Transports;

/// <summary>Takes a new token for a connection that is open, on every transport.</summary>
internal sealed class TokenRefresh(IIdentity identity, ConnectionEnding ending, KnownNames names, TimeProvider time)
{
    /// <summary>The connection lasts as long as the new token. One that is refused leaves it as it was.</summary>
    /// <returns>Whom the server takes the caller for from now on.</returns>
    /// <exception cref="ChatException">The token is refused. When it is another user's
    /// (<see cref="EndsConnection"/>), the caller ends the connection once that is answered.</exception>
    public async Task<CallerIdentity> RunAsync(Connection connection, string? token, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(token)) throw ChatException.BadRequest("token is required");
        var (caller, refusal) = await identity.ReadAsync(token, ct);
        if (caller is null) throw new ChatException(refusal!);
        connection.ThrowIfEnded(); // while it was looked at
        if (caller.User != connection.User)
            throw ChatException.IdentityMismatch("the token is of another user than the connection");
        connection.Renew(caller);
        // Again, behind the change: a revocation that becomes known now finds the new token, or is found here.
        if (connection.Registry!.Admission.Revoked.Find(caller) is { } refused) ending.End(connection, refused.Code);
        connection.ThrowIfEnded();
        names.Note(caller);
        return CallerIdentities.Of(caller, time);
    }

    /// <summary>Whether a refusal is also the end of its connection.</summary>
    public static bool EndsConnection(ChatException refusal) => refusal.Code == ChatErrorCode.IdentityMismatch;
}
