using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Rights;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

/// <summary>The hub: each method is one call of <see cref="ChatService"/>. Refusals become hub errors in
/// <see cref="RefusalFilter"/>.</summary>
internal sealed class ChatHub(
    ChatService chat, ConversationRights rights, HubPresence presence, UserCalls users, TokenRefresh refresh)
    : Hub<IChatClient>, IChatHub
{
    // of the one call that this object is made for
    private AnswerRoom? _room;
    private bool _isLast;

    private HubConnection Connection => HubConnections.Of(Context);

    private CancellationToken Aborted => Context.ConnectionAborted;

    public Task<JoinResult> Join(ConversationId conversationId, long? afterSequence = null)
    {
        var (connection, aborted) = (Connection, Aborted);
        return connection.InOrderAsync(async () =>
        {
            var join = await chat.JoinAsync(connection.Writer, conversationId, afterSequence, aborted);
            join.Activate();
            return join.Result;
        });
    }

    public Task Leave(ConversationId conversationId)
    {
        var (connection, aborted) = (Connection, Aborted);
        return connection.InOrderAsync(() => chat.LeaveAsync(connection.Writer, conversationId, aborted).AsTask());
    }

    public async Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null)
    {
        var connection = Connection;
        var appended = await connection.EnqueueInOrderAsync(
            () => chat.EnqueueSendAsync(connection.Caller, conversationId, body, options, CancellationToken.None));
        return appended.ToReceipt();
    }

    public async Task<SendReceipt> EditMessage(
        ConversationId conversationId, long targetSequence, EditMessage command)
    {
        var connection = Connection;
        var appended = await connection.EnqueueInOrderAsync(() => rights.Amendments.EnqueueEditAsync(
            connection.Caller, conversationId, targetSequence, command, CancellationToken.None));
        return appended.ToReceipt();
    }

    public async Task<SendReceipt> DeleteMessage(
        ConversationId conversationId, long targetSequence, DeleteMessage? command = null)
    {
        var connection = Connection;
        var appended = await connection.EnqueueInOrderAsync(() => rights.Amendments.EnqueueDeleteAsync(
            connection.Caller, conversationId, targetSequence, command, CancellationToken.None));
        return appended.ToReceipt();
    }

    public Task<HistoryPage> Message(ConversationId conversationId, long sequence) =>
        Large(Answers.Page, AnswerWeight.Of,
            (caller, aborted) => chat.MessageAsync(caller, conversationId, sequence, aborted));

    public Task<HistoryPage> Versions(ConversationId conversationId, long sequence, long? after = null) =>
        Large(Answers.Page, AnswerWeight.Of,
            (caller, aborted) => chat.VersionsAsync(caller, conversationId, sequence, after, aborted));

    public Task<ConversationSummary> CreateConversation(CreateConversation command) =>
        InOrder((caller, aborted) => rights.Creation.CreateAsync(caller, command, aborted));

    public Task<IReadOnlyList<ConversationSummary>> Conversations(ConversationsQuery? query = null)
    {
        Connection.Writer.WatchesList = true; // before the list is read: so no change is missed in between
        return Large(Answers.List, AnswerWeight.Of,
            (caller, aborted) => chat.ConversationsAsync(caller, query, aborted));
    }

    public Task<HistoryPage> History(ConversationId conversationId, HistoryQuery? query = null) =>
        Large(Answers.Page, AnswerWeight.Of,
            (caller, aborted) => chat.HistoryAsync(caller, conversationId, query, aborted));

    public Task AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds) =>
        InOrder((caller, aborted) =>
            rights.Membership.AddAsync(caller, conversationId, participantIds, aborted));

    public Task RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        InOrder((caller, aborted) => rights.Membership.RemoveAsync(caller, conversationId, participantId, aborted));

    public Task<ParticipantsPage> Participants(ConversationId conversationId, ParticipantsQuery? query = null) =>
        Large(Answers.Users, AnswerWeight.Of,
            (caller, aborted) => rights.Participants.ListAsync(caller, conversationId, query, aborted));

    public Task SetRole(ConversationId conversationId, SetRole command) =>
        InOrder((caller, aborted) => rights.Roles.SetAsync(caller, conversationId, command, aborted));

    public Task ChangeConversation(ConversationId conversationId, ChangeConversation command) =>
        InOrder((caller, aborted) => rights.Settings.ChangeAsync(caller, conversationId, command, aborted));

    public Task<IReadOnlyList<ThreadSummary>> Threads(ConversationId conversationId, ThreadsQuery? query = null) =>
        Large(Answers.List, AnswerWeight.Of,
            (caller, aborted) => chat.Threads.ListAsync(caller, conversationId, query, aborted));

    public Task FollowThread(ConversationId conversationId, long thread, bool isFollowing = true) =>
        InOrder((caller, aborted) => chat.Threads.FollowAsync(caller, conversationId, thread, isFollowing, aborted));

    public Task<SendReceipt> SetPinned(ConversationId conversationId, long targetSequence, bool isPinned = true) =>
        InOrder(async (caller, ct) =>
            (await rights.Pinning.SetAsync(caller, conversationId, targetSequence, isPinned, ct)).ToReceipt());

    public Task<IReadOnlyList<Pin>> Pins(ConversationId conversationId) =>
        Large(Answers.List, AnswerWeight.Of, (caller, ct) => rights.Pinning.ListAsync(caller, conversationId, ct));

    public Task<ReactionReceipt> SetReactions(
        ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys)
    {
        var connection = Connection;
        return connection.EnqueueInOrderAsync(() => rights.Reacting.EnqueueAsync(
            connection.Caller, conversationId, targetSequence, keys, connection.Writer, CancellationToken.None));
    }

    public Task<ReactionsPage> Reactions(
        ConversationId conversationId, long targetSequence, string? key = null, UserId? after = null) =>
        Large(Answers.List, AnswerWeight.Of, (caller, aborted) =>
            rights.Reacting.ListAsync(caller, conversationId, targetSequence, key, after, aborted));

    public Task<IReadOnlyList<Mention>> Mentions(MentionsQuery? query = null) =>
        Large(Answers.List, AnswerWeight.Of,
            (caller, aborted) => chat.Threads.MentionsAsync(caller, query, aborted));

    public Task MarkRead(ConversationId conversationId, long sequence, long? thread = null)
    {
        var (connection, aborted) = (Connection, Aborted);
        return connection.EnqueueInOrderAsync(
            () => chat.EnqueueMarkReadAsync(connection.Caller, conversationId, sequence, thread, aborted));
    }

    public Task MarkUnread(ConversationId conversationId, long sequence, long? thread = null) =>
        InOrder((caller, aborted) => chat.MarkUnreadAsync(caller, conversationId, sequence, thread, aborted));

    public Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId) =>
        Large(Answers.Users, AnswerWeight.Of,
            (caller, aborted) => chat.ReadPositionsAsync(caller, conversationId, aborted));

    public Task SetMuted(ConversationId conversationId, bool isMuted = true) =>
        InOrder((caller, aborted) => chat.SetMutedAsync(caller, conversationId, isMuted, aborted));

    public Task Typing(ConversationId conversationId, bool isTyping = true) =>
        InOrder((caller, _) => chat.TypingAsync(caller, conversationId, isTyping, CancellationToken.None).AsTask());

    public Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null)
    {
        var connection = Connection;
        return Large(Answers.Users, AnswerWeight.Of,
            (_, aborted) => presence.AskAsync(connection.Writer, conversationId, aborted));
    }

    public Task<IReadOnlyList<UserProfile>> Users(IReadOnlyList<UserId> userIds)
    {
        Connection.Writer.WatchesUsers = true; // before the names are read: so no change is missed in between
        return Large(Answers.Users, AnswerWeight.Of,
            (caller, aborted) => users.Names.FindAsync(caller, userIds, aborted));
    }

    public Task Block(UserId userId) =>
        InOrder((caller, aborted) => users.Blocking.BlockAsync(caller, userId, aborted));

    public Task Unblock(UserId userId) =>
        InOrder((caller, aborted) => users.Blocking.UnblockAsync(caller, userId, aborted));

    public Task<IReadOnlyList<UserId>> Blocks() =>
        Large(Answers.Users, AnswerWeight.Of, (caller, aborted) => users.Blocking.ListAsync(caller, aborted));

    public Task Report(ConversationId conversationId, ReportContent content) =>
        InOrder((caller, aborted) => users.Reports.Reporting.ReportAsync(caller, conversationId, content, aborted));

    public Task<IReadOnlyList<OpenReport>> Reports(
        ConversationId? conversationId = null, ReportsQuery? query = null)
    {
        Connection.Writer.WatchesReports = true; // before they are read: so no change is missed in between
        return Large(Answers.Reports, AnswerWeight.Of,
            (caller, aborted) => users.Reports.Queue.ListAsync(caller, conversationId, query, aborted));
    }

    public Task CloseReport(long reportId, ReportOutcome outcome) =>
        InOrder((caller, aborted) => users.Reports.Queue.CloseAsync(caller, reportId, outcome, aborted));

    /// <summary>SignalR does so once the answer is written, and the client has taken it.</summary>
    protected override void Dispose(bool disposing)
    {
        if (_room is not null) Connection.EndAnswer(_room);
        if (_isLast) Connection.EndSoon(CloseReason.Forbidden, ChatErrorCodes.IdentityMismatch);
        base.Dispose(disposing);
    }

    /// <summary>A call whose answer may be large: it has room first, which it gives back when it is taken.</summary>
    private Task<T> Large<T>(int most, Func<T, long> weigh, Func<Caller, CancellationToken, Task<T>> call)
    {
        var connection = Connection;
        return InOrder(async (caller, aborted) =>
        {
            _room = await connection.RoomForAsync(most, aborted);
            var answer = await call(caller, aborted);
            _room.Hold(weigh(answer));
            return answer;
        });
    }

    public Task<CallerIdentity> Me() => Task.FromResult(Connection.Me);

    public Task<CallerIdentity> Refresh(string token)
    {
        var (connection, aborted) = (Connection, Aborted);
        return connection.InOrderAsync(async () =>
        {
            try
            {
                return await refresh.RunAsync(connection, token, aborted);
            }
            catch (ChatException e) when (TokenRefresh.EndsConnection(e))
            {
                _isLast = true;
                throw;
            }
        });
    }

    // The context is read before the call waits for its turn.
    private Task<T> InOrder<T>(Func<Caller, CancellationToken, Task<T>> call)
    {
        var (connection, aborted) = (Connection, Aborted);
        return connection.InOrderAsync(() => call(connection.Caller, aborted));
    }

    private Task InOrder(Func<Caller, CancellationToken, Task> call)
    {
        var (connection, aborted) = (Connection, Aborted);
        return connection.InOrderAsync(() => call(connection.Caller, aborted));
    }
}
