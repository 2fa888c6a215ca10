using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>Connections, and what is not an entry: read positions, typing, presence.</summary>
internal sealed partial class InMemoryWorld
{
    /// <summary>As long as a real server's default.</summary>
    private static readonly TimeSpan TypingExpiry = TimeSpan.FromSeconds(6);

    /// <summary>Likewise: a repeat within this time is ignored.</summary>
    private static readonly TimeSpan TypingThrottle = TimeSpan.FromSeconds(2);

    private readonly HashSet<InMemoryConnection> _connections = [];
    private readonly Dictionary<UserId, DateTimeOffset> _lastSeen = [];

    public bool RefuseConnections { get; set; }

    public bool Has(InMemoryConnection connection) => _connections.Contains(connection);

    public bool IsOnline(UserId user) => _connections.Any(connection => connection.User == user);

    /// <summary>Takes the gate.</summary>
    public List<InMemoryConnection> ConnectionsOf(UserId user)
    {
        lock (Gate) return [.. _connections.Where(connection => connection.User == user)];
    }

    public void PushToAll(Push push)
    {
        foreach (var connection in _connections) connection.Push(push);
    }

    public void Add(InMemoryConnection connection)
    {
        var wasOnline = IsOnline(connection.User);
        _connections.Add(connection);
        if (!wasOnline) TellPresence(connection.User);
    }

    public void Remove(InMemoryConnection connection)
    {
        if (!_connections.Remove(connection)) return;
        foreach (var conversation in _conversations.Values) Leave(connection, conversation.Id);
        if (IsOnline(connection.User)) return;
        _lastSeen[connection.User] = Now;
        TellPresence(connection.User);
    }

    public void MarkRead(UserId user, ConversationId id, long sequence)
    {
        InMemoryRules.ThrowIf(PageRules.Sequence.Check(sequence));
        var conversation = Readable(user, id);
        // only in public conversations
        if (!conversation.Members.TryGetValue(user, out var member))
            conversation.Members[user] = member = new() { JoinedAt = Now };
        var position = Math.Min(sequence, conversation.Head);
        var wasUnread = member.UnreadFrom is not null;
        member.UnreadFrom = null;
        if (position <= member.LastRead)
        {
            if (!wasUnread) return;
            foreach (var connection in WatchersOf(user)) TellList(conversation, connection);
            return;
        }
        member.LastRead = position;
        foreach (var connection in conversation.Joined)
            connection.Push(new Push.ReadOn(new ReadPosition(id, user, position)));
        foreach (var connection in WatchersOf(user).Except(conversation.Joined)) TellList(conversation, connection);
    }

    public void MarkUnread(UserId user, ConversationId id, long sequence)
    {
        InMemoryRules.ThrowIf(PageRules.FirstUnread.Check(sequence));
        var conversation = Readable(user, id);
        if (conversation.Members.TryGetValue(user, out var member) && member.LastRead > 0)
            member.UnreadFrom = sequence - 1;
        else if (conversation.Kind == ConversationKind.Public) MarkRead(user, id, sequence - 1);
        foreach (var connection in WatchersOf(user)) TellList(conversation, connection);
    }

    public void SetMuted(UserId user, ConversationId id, bool isMuted)
    {
        var conversation = Readable(user, id);
        if (conversation.Members.TryGetValue(user, out var member)) member.IsMuted = isMuted;
        else if (isMuted) conversation.Members[user] = new() { JoinedAt = Now, IsMuted = true };
        else return;
        foreach (var connection in WatchersOf(user)) TellList(conversation, connection);
    }

    public IReadOnlyList<ReadPosition> ReadPositions(UserId user, ConversationId id) =>
    [
        .. Readable(user, id).Members.Where(member => member.Value.LastRead > 0)
            .OrderByDescending(member => member.Value.LastRead)
            .ThenBy(member => member.Key).Take(ChatLimits.PresenceUsers)
            .Select(member => new ReadPosition(id, member.Key, member.Value.LastRead)),
    ];

    public void Typing(UserId user, ConversationId id, bool isTyping)
    {
        var conversation = Writable(user, id);
        if (!isTyping)
        {
            EndTyping(conversation, user);
        }
        else if (!conversation.Typists.TryGetValue(user, out var typist))
        {
            var expiry = Time.CreateTimer(_ => Expire(conversation, user), null, TypingExpiry,
                Timeout.InfiniteTimeSpan);
            conversation.Typists[user] = new(expiry, Time.GetTimestamp());
            TellTyping(conversation, user, isTyping: true);
        }
        else if (Time.GetElapsedTime(typist.SaidAt) >= TypingThrottle)
        {
            typist.Expiry.Change(TypingExpiry, Timeout.InfiniteTimeSpan);
            conversation.Typists[user] = typist with { SaidAt = Time.GetTimestamp() };
            TellTyping(conversation, user, isTyping: true);
        }
    }

    public PresenceSnapshot Presence(InMemoryConnection asking, ConversationId? id)
    {
        IEnumerable<UserId> users;
        bool watching;
        if (id is { } named)
        {
            var conversation = Readable(asking.User, named);
            watching = conversation.Joined.Contains(asking);
            if (watching) conversation.Watching.Add(asking);
            users = conversation.Kind == ConversationKind.Public
                ? _connections.Select(connection => connection.User).Distinct() // all users who are online
                    .Where(user => !AreApart(asking.User, user))
                : conversation.Members.Keys;
        }
        else
        {
            watching = asking.WatchesContacts = true;
            users = Contacts(asking.User);
        }
        var there = users.Select(user => PresenceFor(asking.User, user)).OrderByDescending(user => user.Online)
            .ThenBy(user => user.UserId).ToList();
        return new PresenceSnapshot(id, there.Count(user => user.Online), [.. there.Take(ChatLimits.PresenceUsers)],
            watching);
    }

    /// <summary>A new entry: to all participants except connections that have joined.</summary>
    private void TellLists(InMemoryConversation conversation)
    {
        foreach (var user in conversation.Members.Keys)
            foreach (var connection in WatchersOf(user).Except(conversation.Joined))
                TellList(conversation, connection);
    }

    private static void TellList(InMemoryConversation conversation, InMemoryConnection connection) => connection.Push(
        new Push.Listed(new(conversation.Id, conversation.Summarize(connection.User))));

    private IEnumerable<InMemoryConnection> WatchersOf(UserId user) =>
        _connections.Where(connection => connection.WatchesList && connection.User == user);

    private void Expire(InMemoryConversation conversation, UserId user)
    {
        lock (Gate) EndTyping(conversation, user);
    }

    private void EndTyping(InMemoryConversation conversation, UserId user)
    {
        if (!conversation.Typists.Remove(user, out var typist)) return;
        typist.Expiry.Dispose();
        TellTyping(conversation, user, isTyping: false);
    }

    private void TellTyping(InMemoryConversation conversation, UserId user, bool isTyping)
    {
        foreach (var connection in conversation.Joined)
            if (connection.User != user && !AreApart(connection.User, user))
                connection.Push(new Push.Typing(new TypingChange(conversation.Id, user, isTyping)));
    }

    private void TellPresence(UserId user)
    {
        foreach (var conversation in _conversations.Values.Where(
            conversation => conversation.Kind == ConversationKind.Public || conversation.Members.ContainsKey(user)))
            TellPresence(conversation, user);
        foreach (var connection in _connections)
            if (connection.WatchesContacts && Contacts(connection.User).Contains(user))
                TellPresence(connection, null, user);
    }

    private void TellPresence(InMemoryConversation conversation, UserId user)
    {
        foreach (var connection in conversation.Watching) TellPresence(connection, conversation.Id, user);
    }

    private void TellPresence(InMemoryConnection to, ConversationId? about, UserId user)
    {
        if (AreApart(to.User, user)) return;
        var (_, online, lastSeen) = PresenceFor(to.User, user);
        to.Push(new Push.Presence(new PresenceChange(about, user, online, lastSeen)));
    }

    private UserPresence PresenceFor(UserId asking, UserId user) =>
        AreApart(asking, user) ? new UserPresence(user, false, null)
            : IsOnline(user) ? new UserPresence(user, true, null)
            : new UserPresence(user, false, _lastSeen.TryGetValue(user, out var at) ? at : null);

    private HashSet<UserId> Contacts(UserId user) =>
    [
        .. _conversations.Values.Where(
            conversation => conversation.Kind != ConversationKind.Public && conversation.Members.ContainsKey(user))
            .SelectMany(conversation => conversation.Members.Keys).Where(other => other != user),
    ];
}
