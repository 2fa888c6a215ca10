using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Users;

namespace Chat.Server.Transports;

/// <summary>Takes a new token for a connection that is open, on every transport.</summary>
internal sealed class TokenRefresh(IIdentity identity, KnownNames names, TimeProvider time)
{
    /// <summary>The connection lasts as long as the new token. One that is refused leaves it as it was.</summary>
    /// <returns>Whom the server takes the caller for from now on.</returns>
    /// <exception cref="ChatException">The token is refused. When it is another user's
    /// (<see cref="EndsConnection"/>), the caller ends the connection once that is answered.</exception>
    public async Task<CallerIdentity> RunAsync(Connection connection, string? token)
    {
        if (string.IsNullOrEmpty(token)) throw ChatException.BadRequest("token is required");
        var (caller, refusal) = await identity.ReadAsync(token);
        if (caller is null) throw new ChatException(refusal!);
        if (connection.IsExpired) throw ChatException.TokenExpired(); // while it was looked at
        if (caller.User != connection.User)
            throw ChatException.IdentityMismatch("the token is of another user than the connection");
        connection.Renew(caller);
        names.Note(caller);
        return CallerIdentities.Of(caller, time);
    }

    /// <summary>Whether a refusal is also the end of its connection.</summary>
    public static bool EndsConnection(ChatException refusal) => refusal.Code == ChatErrorCode.IdentityMismatch;
}
