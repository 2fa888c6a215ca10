using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;

namespace Chat.Server.Users;

/// <summary>The names of users: who is shown which, and how one is given.</summary>
/// <remarks>In open mode nobody gives any: a client that says itself who it is could take the name of another user.
/// Names come from back ends and signed tokens.</remarks>
internal sealed class UserDirectory(UserStore store, UserChanges changes)
{
    /// <summary>Those of these users who share a conversation with the caller, and the caller, with their
    /// names.</summary>
    /// <remarks>Of strangers, of users of other tenants and of users who do not exist it says the same, nothing, by the
    /// same two queries.</remarks>
    /// <exception cref="ChatException">There are too many of them, or none.</exception>
    /// <exception cref="Persistence.StoreException">The database cannot be asked.</exception>
    public async Task<IReadOnlyList<UserProfile>> FindAsync(
        Caller caller, IReadOnlyList<UserId>? users, CancellationToken ct)
    {
        ChatException.ThrowIf(UserRules.Check(users, out var wanted));
        var shared = await store.FindSharingAsync(caller.User, wanted, ct);
        return [.. (await store.ReadAsync(caller.Tenant, wanted, ct)).Where(one => shared.Contains(one.UserId))];
    }

    /// <summary>Gives the user a name, or takes it away; who shares a conversation with the user is told when it is
    /// another than before.</summary>
    /// <exception cref="ChatException">It is not as <see cref="UserRules"/> allow.</exception>
    /// <exception cref="Persistence.StoreException">It is not stored, or that is not known.</exception>
    public async Task SetNameAsync(UserKey user, string? name, CancellationToken ct)
    {
        ChatException.ThrowIf(UserRules.CheckName(name, out var kept));
        if (await store.SetNameAsync(user, kept, ct)) changes.Note(user);
    }
}
