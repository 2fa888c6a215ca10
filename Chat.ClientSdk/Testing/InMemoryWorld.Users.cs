using Chat.ClientSdk.Connection;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>The names of users.</summary>
internal sealed partial class InMemoryWorld
{
    private readonly Dictionary<UserId, string> _names = [];

    public IReadOnlyList<UserProfile> Users(InMemoryConnection asking, IReadOnlyList<UserId> users)
    {
        InMemoryRules.ThrowIf(UserRules.Check(users, out var wanted));
        asking.WatchesUsers = true;
        var contacts = Contacts(asking.User);
        return [.. wanted.Where(user => user == asking.User || contacts.Contains(user)).Select(ProfileOf)];
    }

    public void SetName(UserId user, string? name)
    {
        InMemoryRules.ThrowIf(UserRules.CheckName(name, out var kept));
        if (_names.GetValueOrDefault(user) == kept) return;
        if (kept is null) _names.Remove(user);
        else _names[user] = kept;
        var contacts = Contacts(user);
        foreach (var connection in _connections)
            if (connection.WatchesUsers && (connection.User == user || contacts.Contains(connection.User)))
                connection.Push(new Push.User(ProfileOf(user)));
    }

    private UserProfile ProfileOf(UserId user) => new(user, _names.GetValueOrDefault(user));
}
