using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

/// <summary>The hub: each method is one call of <see cref="ChatService"/>. Refusals become hub errors in
/// <see cref="RefusalFilter"/>.</summary>
internal sealed class ChatHub(ChatService chat, HubPresence presence) : Hub<IChatClient>, IChatHub
{
    private HubConnection Caller => HubConnections.Of(Context);

    public async Task<JoinResult> Join(ConversationId conversationId, long? afterSequence = null)
    {
        var join = await chat.JoinAsync(Caller.Writer, conversationId, afterSequence, Context.ConnectionAborted);
        join.Activate();
        return join.Result;
    }

    public Task Leave(ConversationId conversationId)
    {
        chat.Leave(Caller.Writer, conversationId);
        return Task.CompletedTask;
    }

    public async Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null)
    {
        var caller = Caller;
        var appended = await caller.InOrderAsync(
            () => chat.EnqueueSendAsync(caller.User, conversationId, body, options, CancellationToken.None));
        return appended.ToReceipt();
    }

    public Task<ConversationSummary> CreateConversation(CreateConversation command) =>
        chat.CreateConversationAsync(Caller.User, command, Context.ConnectionAborted);

    public Task<IReadOnlyList<ConversationSummary>> Conversations() =>
        chat.ConversationsAsync(Caller.User, Context.ConnectionAborted);

    public Task<HistoryPage> History(ConversationId conversationId, HistoryQuery? query = null) =>
        chat.HistoryAsync(Caller.User, conversationId, query, Context.ConnectionAborted);

    public Task AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds) =>
        chat.AddParticipantsAsync(Caller.User, conversationId, participantIds, Context.ConnectionAborted);

    public Task RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        chat.RemoveParticipantAsync(Caller.User, conversationId, participantId, Context.ConnectionAborted);

    public Task MarkRead(ConversationId conversationId, long sequence) =>
        chat.MarkReadAsync(Caller.User, conversationId, sequence, Context.ConnectionAborted);

    public Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId) =>
        chat.ReadPositionsAsync(Caller.User, conversationId, Context.ConnectionAborted);

    public Task SetMuted(ConversationId conversationId, bool isMuted = true) =>
        chat.SetMutedAsync(Caller.User, conversationId, isMuted, Context.ConnectionAborted);

    public Task Typing(ConversationId conversationId, bool isTyping = true)
    {
        var caller = Caller;
        return caller.InOrderAsync(
            () => chat.TypingAsync(caller.User, conversationId, isTyping, CancellationToken.None));
    }

    public Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null) =>
        presence.AskAsync(Caller.Writer, conversationId, Context.ConnectionAborted);
}
