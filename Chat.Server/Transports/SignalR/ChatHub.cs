using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Transports.SignalR;

/// <summary>The hub: each method is one call of <see cref="ChatService"/>. Refusals become hub errors in <see cref="RefusalFilter"/>.</summary>
internal sealed class ChatHub(ChatService chat, HubPresence presence) : Hub<IChatClient>, IChatHub
{
    private HubReader Reader => HubReaders.Of(Context);

    public async Task<JoinResult> Join(ConversationId conversationId, long? afterSequence = null)
    {
        var join = await chat.JoinAsync(Reader, conversationId, afterSequence, Context.ConnectionAborted);
        join.Activate();
        return join.Result;
    }

    public Task Leave(ConversationId conversationId)
    {
        chat.Leave(Reader, conversationId);
        return Task.CompletedTask;
    }

    public async Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null)
    {
        var reader = Reader;
        var appended = await reader.InOrderAsync(() => chat.EnqueueSendAsync(reader.User, conversationId, body, options, CancellationToken.None));
        return appended.ToReceipt();
    }

    public Task<ConversationSummary> CreateConversation(CreateConversation command) =>
        chat.CreateConversationAsync(Reader.User, command, Context.ConnectionAborted);

    public Task<IReadOnlyList<ConversationSummary>> Conversations() => chat.ConversationsAsync(Reader.User, Context.ConnectionAborted);

    public Task<HistoryPage> History(ConversationId conversationId, HistoryQuery? query = null) =>
        chat.HistoryAsync(Reader.User, conversationId, query, Context.ConnectionAborted);

    public Task AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds) =>
        chat.AddParticipantsAsync(Reader.User, conversationId, participantIds, Context.ConnectionAborted);

    public Task RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        chat.RemoveParticipantAsync(Reader.User, conversationId, participantId, Context.ConnectionAborted);

    public Task MarkRead(ConversationId conversationId, long sequence) =>
        chat.MarkReadAsync(Reader.User, conversationId, sequence, Context.ConnectionAborted);

    public Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId) =>
        chat.ReadPositionsAsync(Reader.User, conversationId, Context.ConnectionAborted);

    public Task SetMuted(ConversationId conversationId, bool isMuted = true) =>
        chat.SetMutedAsync(Reader.User, conversationId, isMuted, Context.ConnectionAborted);

    public Task Typing(ConversationId conversationId, bool isTyping = true)
    {
        var reader = Reader;
        return reader.InOrderAsync(() => chat.TypingAsync(reader.User, conversationId, isTyping, CancellationToken.None));
    }

    public Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null) => presence.AskAsync(Reader, conversationId, Context.ConnectionAborted);
}
