using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Testing;

/// <summary>The hub as one connection sees it. A call takes effect when it is made, so calls keep their
/// order.</summary>
internal sealed class InMemoryHub(InMemoryWorld world, InMemoryConnection connection) : IChatHub
{
    private UserId User => connection.User;

    public Task<JoinResult> Join(ConversationId conversationId, long? afterSequence = null) =>
        RunAsync(() => world.Join(connection, conversationId, afterSequence));

    public Task Leave(ConversationId conversationId) => RunAsync(() => world.Leave(connection, conversationId));

    public Task<SendReceipt> Send(
        ConversationId conversationId, string? body, SendOptions? options = null) => RunAsync(() =>
    {
        var (message, duplicate) = world.Send(User, conversationId, body, options);
        return new SendReceipt(message.Id, message.Sequence, message.CreatedAt, duplicate);
    });

    public Task<SendReceipt> EditMessage(
        ConversationId conversationId, long targetSequence, EditMessage command) =>
        RunAsync(() => world.Edit(User, conversationId, targetSequence, command));

    public Task<SendReceipt> DeleteMessage(
        ConversationId conversationId, long targetSequence, DeleteMessage? command = null) =>
        RunAsync(() => world.Delete(User, conversationId, targetSequence, command));

    public Task<HistoryPage> Message(ConversationId conversationId, long sequence) =>
        RunAsync(() => world.Message(User, conversationId, sequence));

    public Task<HistoryPage> Versions(ConversationId conversationId, long sequence, long? after = null) =>
        RunAsync(() => world.Versions(User, conversationId, sequence, after));

    public Task<ConversationSummary> CreateConversation(CreateConversation command) =>
        RunAsync(() => world.Create(User, command));

    public Task<IReadOnlyList<ConversationSummary>> Conversations(ConversationsQuery? query = null) =>
        RunAsync(() => world.ConversationsOf(connection, query));

    public Task<HistoryPage> History(ConversationId conversationId, HistoryQuery? query = null) =>
        RunAsync(() => world.History(User, conversationId, query));

    public Task AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds) =>
        RunAsync(() => world.AddParticipants(User, conversationId, participantIds));

    public Task RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        RunAsync(() => world.RemoveParticipant(User, conversationId, participantId));

    public Task<ParticipantsPage> Participants(ConversationId conversationId, ParticipantsQuery? query = null) =>
        RunAsync(() => world.Participants(User, conversationId, query));

    public Task SetRole(ConversationId conversationId, SetRole command) =>
        RunAsync(() => world.SetRole(User, conversationId, command));

    public Task ChangeConversation(ConversationId conversationId, ChangeConversation command) =>
        RunAsync(() => world.Change(User, conversationId, command));

    public Task<IReadOnlyList<ThreadSummary>> Threads(ConversationId conversationId, ThreadsQuery? query = null) =>
        RunAsync(() => world.Threads(User, conversationId, query));

    public Task FollowThread(ConversationId conversationId, long thread, bool isFollowing = true) =>
        RunAsync(() => world.FollowThread(User, conversationId, thread, isFollowing));

    public Task<SendReceipt> SetPinned(ConversationId conversationId, long targetSequence, bool isPinned = true) =>
        RunAsync(() => world.SetPinned(User, conversationId, targetSequence, isPinned));

    public Task<ReactionReceipt> SetReactions(
        ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys) =>
        RunAsync(() => world.SetReactions(User, conversationId, targetSequence, keys));

    public Task<ReactionsPage> Reactions(
        ConversationId conversationId, long targetSequence, string? key = null, UserId? after = null) =>
        RunAsync(() => world.Reactions(User, conversationId, targetSequence, key, after));

    public Task<IReadOnlyList<Pin>> Pins(ConversationId conversationId) =>
        RunAsync(() => world.Pins(User, conversationId));

    public Task<IReadOnlyList<Mention>> Mentions(MentionsQuery? query = null) =>
        RunAsync(() => world.Mentions(User, query));

    public Task MarkRead(ConversationId conversationId, long sequence, long? thread = null) => RunAsync(() =>
    {
        if (thread is { } read) world.MarkThreadRead(User, conversationId, read, sequence);
        else world.MarkRead(User, conversationId, sequence);
    });

    public Task MarkUnread(ConversationId conversationId, long sequence, long? thread = null) => RunAsync(() =>
    {
        if (thread is { } first) world.MarkThreadUnread(User, conversationId, first, sequence);
        else world.MarkUnread(User, conversationId, sequence);
    });

    public Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId) =>
        RunAsync(() => world.ReadPositions(User, conversationId));

    public Task SetMuted(ConversationId conversationId, bool isMuted = true) =>
        RunAsync(() => world.SetMuted(User, conversationId, isMuted));

    public Task Typing(ConversationId conversationId, bool isTyping = true) =>
        RunAsync(() => world.Typing(User, conversationId, isTyping));

    public Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null) =>
        RunAsync(() => world.Presence(connection, conversationId));

    public Task Block(UserId userId) => RunAsync(() => world.Block(User, userId));

    public Task Unblock(UserId userId) => RunAsync(() => world.Unblock(User, userId));

    public Task<IReadOnlyList<UserId>> Blocks() => RunAsync(() => world.Blocks(User));

    public Task Report(ConversationId conversationId, ReportContent content) =>
        RunAsync(() => world.Report(User, conversationId, content));

    public Task<IReadOnlyList<OpenReport>> Reports(ConversationId? conversationId = null, ReportsQuery? query = null) =>
        RunAsync(() => world.Reports(connection, conversationId, query));

    public Task CloseReport(long reportId, ReportOutcome outcome) =>
        RunAsync(() => world.CloseReport(User, reportId, outcome));

    public Task<CallerIdentity> Me() =>
        RunAsync(() => new CallerIdentity(connection.User, "default", Name: null, ["user"], ExpiresInSeconds: null));

    public Task<CallerIdentity> Refresh(string token) => RunAsync<CallerIdentity>(() => throw new ChatRefusedException(
        new ChatError(ChatErrorCode.BadRequest, "this server is open: there is no token to renew")));

    public Task<IReadOnlyList<UserProfile>> Users(IReadOnlyList<UserId> userIds) =>
        RunAsync(() => world.Users(connection, userIds));

    private Task RunAsync(Action call) => RunAsync(() =>
    {
        call();
        return true;
    });

    private Task<T> RunAsync<T>(Func<T> call)
    {
        try
        {
            lock (world.Gate)
            {
                return world.Has(connection)
                    ? Task.FromResult(call())
                    : Task.FromException<T>(
                        new ChatDisconnectedException("The connection to the in-memory server is over."));
            }
        }
        catch (ChatException ex)
        {
            return Task.FromException<T>(ex);
        }
    }
}
