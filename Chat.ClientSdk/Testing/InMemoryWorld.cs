using Chat.ClientSdk.Connection;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>The state of the in-memory server. Callers hold the gate.</summary>
internal sealed partial class InMemoryWorld
{
    private readonly Dictionary<ConversationId, InMemoryConversation> _conversations = [];

    public InMemoryWorld(TimeProvider time)
    {
        Time = time;
        Add(new InMemoryConversation(ConversationId.Lobby, ConversationKind.Public, null, time.GetUtcNow()));
    }

    public Lock Gate { get; } = new();

    public TimeProvider Time { get; }

    private DateTimeOffset Now => Time.GetUtcNow();

    public string Generation { get; private set; } = Guid.NewGuid().ToString("N");

    /// <summary>Puts the log back: the entries after the sequence are removed, as after a restored backup.</summary>
    public void PutBack(ConversationId id, long after)
    {
        var conversation = _conversations[id];
        conversation.CutAfter(after);
        Generation = Guid.NewGuid().ToString("N");
        foreach (var one in _conversations.Values)
            foreach (var connection in one.Joined)
                connection.Push(new Push.Generation(new JoinResult(one.Id, one.Head, one.Head, Generation)));
    }

    public InMemoryConversation? Find(ConversationId id) => _conversations.GetValueOrDefault(id);

    public JoinResult Join(InMemoryConnection connection, ConversationId id, long? after)
    {
        InMemoryRules.ThrowIf(PageRules.AfterSequence.Check(after));
        var conversation = Readable(connection.User, id);
        InMemoryRules.ThrowIf(PageRules.CheckResume(after, conversation.Head));
        conversation.Joined.Add(connection);
        if (after is { } cursor)
            foreach (var entry in conversation.Log.Skip((int)cursor)) InMemoryConversation.Show(connection, entry);
        return new JoinResult(id, after ?? conversation.Head, conversation.Head, Generation);
    }

    public void Leave(InMemoryConnection connection, ConversationId id)
    {
        if (Find(id) is not { } conversation) return;
        conversation.Joined.Remove(connection);
        conversation.Watching.Remove(connection);
    }

    public (MessageEntry Message, bool Duplicate) Send(
        UserId sender, ConversationId id, string? body, SendOptions? options)
    {
        InMemoryRules.ThrowIf(MessageRules.Check(body, options, out var draft));
        if (FindRepeat<MessageEntry>(sender, id, draft.Options.DedupeKey) is { } first) return (first, true);
        var conversation = Writable(sender, id);
        RequireNew(conversation, sender, draft.Options.DedupeKey);
        draft = CheckReferences(sender, conversation, draft);
        WaitInSlowMode(conversation, sender);
        var sequence = conversation.Log.Count + 1;
        var message = conversation.Append(
            Now, MessageEntry.From(draft, MessageId.New(Now), id, sequence, sender, Now));
        if (message.DedupeKey is { } used) conversation.Sent[(sender, used)] = message;
        NoteReferences(conversation, message);
        EndTyping(conversation, sender);
        TellLists(conversation);
        return (message, false);
    }

    public ConversationSummary Create(UserId creator, CreateConversation command)
    {
        InMemoryRules.ThrowIf(ConversationRules.Check(creator, command, out var wanted));
        var participants = wanted.ParticipantIds;
        RequireTogether(creator, participants);
        if (command.Kind == ConversationKind.Direct && FindDirect(participants) is { } existing)
            return existing.Summarize(creator);
        var conversation = Add(new InMemoryConversation(ConversationId.New(Now), command.Kind, wanted.Title, Now));
        foreach (var user in participants)
            // there was nothing before its creation to be read
            conversation.Members[user] = new()
            {
                Role = user == creator ? ParticipantRole.Owner : ParticipantRole.Member, JoinedAt = Now,
                LastRead = 1,
            };
        conversation.Append(Now, new ConversationCreatedEntry
        {
            Id = MessageId.New(Now), ConversationId = conversation.Id, Sequence = 0, SenderId = creator,
            CreatedAt = Now, ParticipantIds = participants, Title = wanted.Title,
        });
        TellLists(conversation);
        return conversation.Summarize(creator);
    }

    public IReadOnlyList<ConversationSummary> ConversationsOf(InMemoryConnection asking, ConversationsQuery? query)
    {
        InMemoryRules.ThrowIf(ListRules.Check(query, out var page));
        asking.WatchesList = true;
        var user = asking.User;
        return [
            .. _conversations.Values.Where(
                conversation => conversation.RoleOf(user, Now) != ParticipantRole.Blocked
                    && (conversation.Members.ContainsKey(user) || conversation.Id == ConversationId.Lobby))
                .Where(conversation => page.After is not { } after || conversation.Place.CompareTo(after) < 0)
                .OrderByDescending(conversation => conversation.Place).Take(page.Limit)
                .Select(conversation => conversation.Summarize(user)),
        ];
    }

    public HistoryPage History(UserId user, ConversationId id, HistoryQuery? query)
    {
        InMemoryRules.ThrowIf(PageRules.Check(query, out var page));
        var conversation = Readable(user, id);
        var log = conversation.Seen(page.View, page.Thread);
        var entries = page.After is { } after
            ? log.Where(entry => entry.Sequence > after).Take(page.Limit)
            : log.Where(entry => entry.Sequence < page.Before).TakeLast(page.Limit);
        var found = entries.ToList();
        return new HistoryPage(found, conversation.Head, Generation)
        {
            Current = page.View == HistoryView.Log ? null
                : [.. found.OfType<MessageEntry>().Select(message => conversation.CurrentOf(message, user))
                    .OfType<CurrentMessage>()],
        };
    }

    private InMemoryConversation Add(InMemoryConversation conversation) =>
        _conversations[conversation.Id] = conversation;

    private InMemoryConversation? FindDirect(
        IReadOnlyList<UserId> pair) => _conversations.Values.FirstOrDefault(conversation =>
        conversation.Kind == ConversationKind.Direct && pair.All(conversation.Members.ContainsKey));
}
