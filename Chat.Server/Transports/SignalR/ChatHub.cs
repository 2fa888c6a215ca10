using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Connections;
using Chat.Server.Core;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

/// <summary>The hub: each method is one call of <see cref="ChatService"/>. Refusals become hub errors in
/// <see cref="RefusalFilter"/>.</summary>
internal sealed class ChatHub(ChatService chat, HubPresence presence) : Hub<IChatClient>, IChatHub
{
    private AnswerRoom? _room; // of the one call that this object is made for

    private HubConnection Caller => HubConnections.Of(Context);

    private CancellationToken Aborted => Context.ConnectionAborted;

    public Task<JoinResult> Join(ConversationId conversationId, long? afterSequence = null)
    {
        var (caller, aborted) = (Caller, Aborted);
        return caller.InOrderAsync(async () =>
        {
            var join = await chat.JoinAsync(caller.Writer, conversationId, afterSequence, aborted);
            join.Activate();
            return join.Result;
        });
    }

    public Task Leave(ConversationId conversationId)
    {
        var (caller, aborted) = (Caller, Aborted);
        return caller.InOrderAsync(() => chat.LeaveAsync(caller.Writer, conversationId, aborted).AsTask());
    }

    public async Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null)
    {
        var caller = Caller;
        var appended = await caller.EnqueueInOrderAsync(
            () => chat.EnqueueSendAsync(caller.User, conversationId, body, options, CancellationToken.None));
        return appended.ToReceipt();
    }

    public Task<ConversationSummary> CreateConversation(CreateConversation command) =>
        InOrder((user, aborted) => chat.CreateConversationAsync(user, command, aborted));

    public Task<IReadOnlyList<ConversationSummary>> Conversations(ConversationsQuery? query = null)
    {
        Caller.Writer.WatchesList = true; // before the list is read: so no change is missed in between
        return Large(Answers.List, AnswerWeight.Of, (user, aborted) => chat.ConversationsAsync(user, query, aborted));
    }

    public Task<HistoryPage> History(ConversationId conversationId, HistoryQuery? query = null) =>
        Large(Answers.Page, AnswerWeight.Of,
            (user, aborted) => chat.HistoryAsync(user, conversationId, query, aborted));

    public Task AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds) =>
        InOrder((user, aborted) => chat.AddParticipantsAsync(user, conversationId, participantIds, aborted));

    public Task RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        InOrder((user, aborted) => chat.RemoveParticipantAsync(user, conversationId, participantId, aborted));

    public Task MarkRead(ConversationId conversationId, long sequence)
    {
        var (caller, aborted) = (Caller, Aborted);
        return caller.EnqueueInOrderAsync(
            () => chat.EnqueueMarkReadAsync(caller.User, conversationId, sequence, aborted));
    }

    public Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId) =>
        Large(Answers.Users, AnswerWeight.Of,
            (user, aborted) => chat.ReadPositionsAsync(user, conversationId, aborted));

    public Task SetMuted(ConversationId conversationId, bool isMuted = true) =>
        InOrder((user, aborted) => chat.SetMutedAsync(user, conversationId, isMuted, aborted));

    public Task Typing(ConversationId conversationId, bool isTyping = true) =>
        InOrder((user, _) => chat.TypingAsync(user, conversationId, isTyping, CancellationToken.None).AsTask());

    public Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null)
    {
        var caller = Caller;
        return Large(Answers.Users, AnswerWeight.Of,
            (_, aborted) => presence.AskAsync(caller.Writer, conversationId, aborted));
    }

    /// <summary>SignalR does so once the answer is written, and the client has taken it.</summary>
    protected override void Dispose(bool disposing)
    {
        if (_room is not null) Caller.EndAnswer(_room);
        base.Dispose(disposing);
    }

    /// <summary>A call whose answer may be large: it has room first, which it gives back when it is taken.</summary>
    private Task<T> Large<T>(int most, Func<T, long> weigh, Func<UserId, CancellationToken, Task<T>> call)
    {
        var caller = Caller;
        return InOrder(async (user, aborted) =>
        {
            _room = await caller.RoomForAsync(most, aborted);
            var answer = await call(user, aborted);
            _room.Hold(weigh(answer));
            return answer;
        });
    }

    // The context is read before the call waits for its turn.
    private Task<T> InOrder<T>(Func<UserId, CancellationToken, Task<T>> call)
    {
        var (caller, aborted) = (Caller, Aborted);
        return caller.InOrderAsync(() => call(caller.User, aborted));
    }

    private Task InOrder(Func<UserId, CancellationToken, Task> call)
    {
        var (caller, aborted) = (Caller, Aborted);
        return caller.InOrderAsync(() => call(caller.User, aborted));
    }
}
