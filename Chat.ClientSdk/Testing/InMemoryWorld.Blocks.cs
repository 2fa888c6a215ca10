using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>Users who want nothing to do with each other.</summary>
internal sealed partial class InMemoryWorld
{
    private readonly HashSet<(UserId By, UserId Whom)> _blocks = [];

    public void Block(UserId user, UserId whom)
    {
        InMemoryRules.ThrowIf(BlockRules.Check(user, whom));
        if (!_blocks.Contains((user, whom)) && _blocks.Count(block => block.By == user) >= ChatLimits.BlocksPerUser)
            throw InMemoryRules.Refusal(BlockRules.TooMany());
        var isNew = !AreApart(user, whom);
        _blocks.Add((user, whom));
        if (!isNew) return;
        TellChange(user, whom);
        TellChange(whom, user);
    }

    public void Unblock(UserId user, UserId whom)
    {
        InMemoryRules.ThrowIf(BlockRules.Check(user, whom));
        if (!_blocks.Remove((user, whom)) || AreApart(user, whom)) return;
        TellChange(user, whom);
        TellChange(whom, user);
    }

    public IReadOnlyList<UserId> Blocks(UserId user) =>
    [
        .. _blocks.Where(block => block.By == user).Select(block => block.Whom).Order(),
    ];

    private bool AreApart(UserId one, UserId other) =>
        _blocks.Contains((one, other)) || _blocks.Contains((other, one));

    /// <summary>Nobody writes directly to one who wants nothing of it.</summary>
    private void RequireNoBlock(UserId user, InMemoryConversation conversation)
    {
        if (conversation.Kind == ConversationKind.Direct) RequireTogether(user, conversation.Members.Keys);
    }

    private void RequireTogether(UserId user, IEnumerable<UserId> others)
    {
        if (others.Any(other => AreApart(user, other))) throw InMemoryRules.Forbidden();
    }

    /// <summary>One who was there goes, and ceases to type; or comes again.</summary>
    private void TellChange(UserId to, UserId about)
    {
        var connections = _connections.Where(connection => connection.User == to).ToList();
        if (AreApart(to, about)) TellTypingEnds(connections, about);
        if (!IsOnline(about)) return;
        var (_, online, lastSeen) = PresenceFor(to, about);
        foreach (var conversation in _conversations.Values.Where(one =>
            one.Kind == ConversationKind.Public || one.Members.ContainsKey(about)))
            foreach (var connection in connections.Where(conversation.Watching.Contains))
                connection.Push(new Push.Presence(new PresenceChange(conversation.Id, about, online, lastSeen)));
        if (!Contacts(to).Contains(about)) return;
        foreach (var connection in connections.Where(connection => connection.WatchesContacts))
            connection.Push(new Push.Presence(new PresenceChange(null, about, online, lastSeen)));
    }

    private void TellTypingEnds(List<InMemoryConnection> connections, UserId about)
    {
        foreach (var conversation in _conversations.Values.Where(one => one.Typists.ContainsKey(about)))
            foreach (var connection in connections.Where(conversation.Joined.Contains))
                connection.Push(new Push.Typing(new TypingChange(conversation.Id, about, false)));
    }
}
