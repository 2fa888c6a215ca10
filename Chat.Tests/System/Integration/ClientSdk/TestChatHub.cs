using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>The hub contract in memory: enough of a server to try the client against.</summary>
internal sealed class TestChatHub(TestLog log) : Hub, IPartialHub
{
    public static readonly ConversationId Hidden = new(new Guid("00000000-0000-0000-0000-0000000000ff"));
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private UserId Caller =>
        UserId.Parse(Context.GetHttpContext()!.Request.Query[ChatHubRoute.UserParameter].ToString());

    public async Task<JoinResult> Join(ConversationId conversationId, long? afterSequence = null)
    {
        if (conversationId == Hidden)
            throw new HubException(new ChatError(ChatErrorCode.Forbidden, "no such conversation").ToHubText());
        await log.Gate.WaitAsync();
        try
        {
            log.ConnectionsOf(conversationId).Add(Context.ConnectionId);
            var entries = log.EntriesOf(conversationId);
            foreach (var entry in entries.Skip((int)(afterSequence ?? entries.Count)))
                await PushAsync(Clients.Caller, entry);
            return new JoinResult(conversationId, afterSequence ?? entries.Count, entries.Count);
        }
        finally
        {
            log.Gate.Release();
        }
    }

    public Task Leave(ConversationId conversationId) =>
        log.WithinAsync(() => log.ConnectionsOf(conversationId).Remove(Context.ConnectionId));

    public async Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null)
    {
        if (body == "crash") throw new InvalidDataException("secret detail");
        var sender = Caller;
        var entry = await AppendAsync(conversationId, sequence => new MessageEntry
        {
            Id = new MessageId(Guid.NewGuid()), ConversationId = conversationId, Sequence = sequence, SenderId = sender,
            CreatedAt = Noon,
            Body = body, DedupeKey = options?.DedupeKey, MsgType = options?.MsgType ?? MessageType.Text,
            AttachmentUrl = options?.AttachmentUrl, AttachmentMeta = options?.AttachmentMeta,
        });
        return new SendReceipt(entry.Id, entry.Sequence, entry.CreatedAt, false);
    }

    public async Task<ConversationSummary> CreateConversation(CreateConversation command)
    {
        var sender = Caller;
        var id = new ConversationId(Guid.NewGuid());
        var entry = await AppendAsync(id, sequence => new ConversationCreatedEntry
        {
            Id = new MessageId(Guid.NewGuid()), ConversationId = id, Sequence = sequence, SenderId = sender,
            CreatedAt = Noon,
            ParticipantIds = [sender, .. command.ParticipantIds], Title = command.Title,
        });
        return new ConversationSummary
        {
            Id = id, Kind = command.Kind, Title = command.Title, CreatedAt = Noon, LastSequence = 1, LastEntry = entry,
            LastReadSequence = 0
        };
    }

    Task<IReadOnlyList<ConversationSummary>> IChatHub.Conversations(ConversationsQuery? query) => Conversations();

    /// <summary>Without the argument that may be left out: a stock hub wants all there are.</summary>
    public Task<IReadOnlyList<ConversationSummary>> Conversations() =>
        log.WithinAsync<IReadOnlyList<ConversationSummary>>(() =>
        {
            var entries = log.EntriesOf(ConversationId.Lobby);
            return
            [
                new ConversationSummary
                {
                    Id = ConversationId.Lobby, Kind = ConversationKind.Public, CreatedAt = Noon,
                    LastSequence = entries.Count, LastEntry = entries.LastOrDefault(), LastReadSequence = 1,
                },
            ];
        });

    public Task<HistoryPage> History(ConversationId conversationId, HistoryQuery? query = null) =>
        log.WithinAsync(() =>
        {
            var entries = log.EntriesOf(conversationId);
            return new HistoryPage(
                [.. entries.Skip((int)(query?.After ?? 0)).Take(query?.Limit ?? 50)], entries.Count);
        });

    public async Task AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds)
    {
        var sender = Caller;
        await AppendAsync(conversationId, sequence => new ParticipantsAddedEntry
        {
            Id = new MessageId(Guid.NewGuid()), ConversationId = conversationId, Sequence = sequence, SenderId = sender,
            CreatedAt = Noon, ParticipantIds = participantIds,
        });
    }

    public async Task RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        await Clients.Clients(await log.WithinAsync(() => log.ConnectionsOf(conversationId).ToList()))
            .SendAsync(nameof(IChatClient.ConversationClosed), conversationId);

    // Never answers: for calls that are given up.
    public Task MarkRead(ConversationId conversationId, long sequence) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Context.ConnectionAborted);

    // A stock hub wants as many arguments as a method has.
    Task IChatHub.MarkRead(ConversationId conversationId, long sequence, long? thread) =>
        MarkRead(conversationId, sequence);

    private async Task<T> AppendAsync<T>(ConversationId id, Func<long, T> make) where T : ConversationEntry
    {
        await log.Gate.WaitAsync();
        try
        {
            var entries = log.EntriesOf(id);
            var entry = make(entries.Count + 1);
            entries.Add(entry);
            await PushAsync(Clients.Clients(log.ConnectionsOf(id)), entry);
            return entry;
        }
        finally
        {
            log.Gate.Release();
        }
    }

    // SignalR serializes an argument as its run-time type, which would leave out "kind"; so it gets finished JSON.
    internal static Task PushAsync(IClientProxy to, ConversationEntry entry) => to.SendAsync(
        entry is MessageEntry ? nameof(IChatClient.MessageReceived) : nameof(IChatClient.EntryReceived),
        new RawJson(JsonSerializer.Serialize(entry, ChatJsonContext.Default.ConversationEntry)));

    public Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId) =>
        Task.FromResult<IReadOnlyList<ReadPosition>>([new ReadPosition(conversationId, Caller, 1)]);

    public Task SetMuted(ConversationId conversationId, bool isMuted = true) => Task.CompletedTask;

    public Task Typing(ConversationId conversationId, bool isTyping = true) =>
        Clients.All.SendAsync(nameof(IChatClient.TypingChanged), new TypingChange(conversationId, Caller, isTyping));

    public Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null) =>
        Task.FromResult(new PresenceSnapshot(conversationId, 1, [new UserPresence(Caller, true, null)], false));

    public Task<IReadOnlyList<UserProfile>> Users(IReadOnlyList<UserId> userIds) =>
        Task.FromResult<IReadOnlyList<UserProfile>>([.. userIds.Select(user => new UserProfile(user, "Somebody"))]);

    public Task<CallerIdentity> Refresh(string token) => Me();

    public Task Block(UserId userId) => Task.CompletedTask;

    public Task Unblock(UserId userId) => Task.CompletedTask;

    public Task<IReadOnlyList<UserId>> Blocks() => Task.FromResult<IReadOnlyList<UserId>>([]);

    public Task Report(ConversationId conversationId, ReportContent content) => Task.CompletedTask;

    public Task<IReadOnlyList<OpenReport>> Reports(ConversationId? conversationId = null, ReportsQuery? query = null) =>
        Task.FromResult<IReadOnlyList<OpenReport>>([]);

    public Task CloseReport(long reportId, ReportOutcome outcome) => Task.CompletedTask;

    public Task<CallerIdentity> Me() => Task.FromResult(new CallerIdentity(
        UserId.Parse(Context.GetHttpContext()!.Request.Query["user_id"].ToString()), "default", null, ["user"], null));
}
