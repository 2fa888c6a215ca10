using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.Persistence;

namespace Chat.Server.Core;

/// <summary>Which users have nothing to do with each other.</summary>
/// <remarks>Whether one may write to a direct conversation is no question for it: that is part of
/// <see cref="ConversationAccess"/>, and exact.</remarks>
internal interface IBlocks
{
    /// <summary>The user's, as the database says now.</summary>
    /// <exception cref="StoreException">It cannot be asked.</exception>
    Task<BlockSet> ReadAsync(UserKey user, CancellationToken ct);

    /// <summary>Before a connection is shown signals of others: makes sure that <see cref="ClientWriter.Hidden"/> is
    /// known. From then on it is kept up to date.</summary>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    ValueTask PrepareAsync(ClientWriter writer, CancellationToken ct);

    /// <summary>No user brings others into a conversation with whom there is a block, on either side. The application
    /// may.</summary>
    /// <exception cref="ChatException">There is one.</exception>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    async Task RefuseAsync(Caller caller, IEnumerable<UserId> users, CancellationToken ct)
    {
        if (caller.IsNobody || caller.IsApplication) return;
        var hidden = await ReadAsync(caller.User, ct);
        if (users.Any(user => user != caller.Id && hidden.Contains(user))) throw ChatException.Forbidden();
    }
}
