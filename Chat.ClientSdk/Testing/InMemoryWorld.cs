using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Testing;

/// <summary>Everything the double knows. Whoever calls it holds the gate.</summary>
internal sealed partial class InMemoryWorld
{
    private static readonly SendOptions NoOptions = new();
    private static readonly HistoryQuery Newest = new();

    private readonly Dictionary<ConversationId, InMemoryConversation> _conversations = [];

    public InMemoryWorld(TimeProvider time)
    {
        Time = time;
        Add(new InMemoryConversation(ConversationId.Lobby, ConversationKind.Public, null, time.GetUtcNow()));
    }

    public Lock Gate { get; } = new();

    public TimeProvider Time { get; }

    private DateTimeOffset Now => Time.GetUtcNow();

    public InMemoryConversation? Find(ConversationId id) => _conversations.GetValueOrDefault(id);

    public JoinResult Join(InMemoryConnection connection, ConversationId id, long? after)
    {
        if (after < 0) throw InMemoryRules.BadRequest("after_seq must not be negative");
        var conversation = Readable(connection.User, id);
        if (after > conversation.Head)
            throw InMemoryRules.BadRequest($"after_seq must be at most {conversation.Head}, the conversation's newest sequence");
        conversation.Joined.Add(connection);
        if (after is { } cursor)
            foreach (var entry in conversation.Log.Skip((int)cursor)) InMemoryConversation.Show(connection, entry);
        return new JoinResult(id, after ?? conversation.Head, conversation.Head);
    }

    public void Leave(InMemoryConnection connection, ConversationId id)
    {
        if (Find(id) is not { } conversation) return;
        conversation.Joined.Remove(connection);
        conversation.Watching.Remove(connection);
    }

    public (MessageEntry Message, bool Duplicate) Send(UserId sender, ConversationId id, string? body, SendOptions? options)
    {
        var draft = InMemoryRules.Draft(sender, id, body, options ?? NoOptions, Now);
        var conversation = Readable(sender, id);
        if (draft.DedupeKey is { } key && conversation.Sent.TryGetValue((sender, key), out var first)) return (first, true);
        var message = conversation.Append(Now, draft);
        if (message.DedupeKey is { } used) conversation.Sent[(sender, used)] = message;
        EndTyping(conversation, sender);
        return (message, false);
    }

    public ConversationSummary Create(UserId creator, CreateConversation command)
    {
        var (participants, title) = InMemoryRules.Check(creator, command);
        if (command.Kind == ConversationKind.Direct && FindDirect(participants) is { } existing) return existing.Summarize(creator);
        var conversation = Add(new InMemoryConversation(ConversationId.New(Now), command.Kind, title, Now));
        foreach (var user in participants)
            conversation.Members[user] = new() { IsOwner = user == creator, LastRead = user == creator ? 1 : 0 }; // who made it has seen that it was made
        conversation.Append(Now, new ConversationCreatedEntry
        {
            Id = MessageId.New(Now), ConversationId = conversation.Id, Sequence = 0, SenderId = creator, CreatedAt = Now, ParticipantIds = participants, Title = title,
        });
        return conversation.Summarize(creator);
    }

    public IReadOnlyList<ConversationSummary> ConversationsOf(UserId user) =>
    [
        .. _conversations.Values.Where(conversation => conversation.Members.ContainsKey(user) || conversation.Id == ConversationId.Lobby)
            .OrderByDescending(conversation => conversation.LastActive).Select(conversation => conversation.Summarize(user)),
    ];

    public HistoryPage History(UserId user, ConversationId id, HistoryQuery? query)
    {
        query ??= Newest;
        var limit = InMemoryRules.CheckPage(query);
        var conversation = Readable(user, id);
        var entries = query.After is { } after
            ? conversation.Log.Where(entry => entry.Sequence > after).Take(limit)
            : conversation.Log.Where(entry => entry.Sequence < (query.Before ?? long.MaxValue)).TakeLast(limit);
        return new HistoryPage([.. entries], conversation.Head);
    }

    public void AddParticipants(UserId user, ConversationId id, IReadOnlyList<UserId> participants)
    {
        var wanted = InMemoryRules.CheckParticipants(participants);
        var conversation = Readable(user, id);
        if (conversation.Kind != ConversationKind.Group) throw InMemoryRules.BadRequest("participants can be added to a group only");
        var added = wanted.Where(one => conversation.Members.TryAdd(one, new())).ToList();
        if (added.Count == 0) return;
        conversation.Append(Now, new ParticipantsAddedEntry
        {
            Id = MessageId.New(Now), ConversationId = id, Sequence = 0, SenderId = user, CreatedAt = Now, ParticipantIds = added,
        });
        foreach (var one in added.Where(IsOnline)) TellPresence(conversation, one);
    }

    public void RemoveParticipant(UserId user, ConversationId id, UserId participant)
    {
        var conversation = Readable(user, id);
        if (conversation.Kind != ConversationKind.Group) throw InMemoryRules.BadRequest("participants can be removed from a group only");
        if (participant != user && !conversation.Members[user].IsOwner)
            throw InMemoryRules.BadRequest("only the one who made the conversation can remove others; anyone can remove themselves");
        if (!conversation.Members.Remove(participant)) return;
        conversation.Append(Now, new ParticipantRemovedEntry
        {
            Id = MessageId.New(Now), ConversationId = id, Sequence = 0, SenderId = user, CreatedAt = Now, ParticipantId = participant,
        });
        EndTyping(conversation, participant);
        foreach (var connection in conversation.Joined.Where(connection => connection.User == participant).ToList())
        {
            Leave(connection, id);
            connection.Push(sink => sink.ConversationClosed(id));
        }
    }

    private InMemoryConversation Add(InMemoryConversation conversation) => _conversations[conversation.Id] = conversation;

    private InMemoryConversation Readable(UserId user, ConversationId id) =>
        Find(id) is { } found && found.MayRead(user) ? found : throw InMemoryRules.Forbidden();

    private InMemoryConversation? FindDirect(List<UserId> pair) => _conversations.Values.FirstOrDefault(conversation =>
        conversation.Kind == ConversationKind.Direct && pair.TrueForAll(conversation.Members.ContainsKey));
}
