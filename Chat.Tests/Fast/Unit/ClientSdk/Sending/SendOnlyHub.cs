using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>A hub that knows one method.</summary>
internal abstract class SendOnlyHub : IChatHub
{
    public abstract Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null);

    public Task<JoinResult> Join(ConversationId conversationId, long? afterSequence = null) =>
        throw new NotSupportedException();

    public Task Leave(ConversationId conversationId) => throw new NotSupportedException();

    public Task<SendReceipt> EditMessage(
        ConversationId conversationId, long targetSequence, EditMessage command) =>
        throw new NotSupportedException();

    public Task<SendReceipt> DeleteMessage(
        ConversationId conversationId, long targetSequence, DeleteMessage? command = null) =>
        throw new NotSupportedException();

    public Task<HistoryPage> Message(ConversationId conversationId, long sequence) =>
        throw new NotSupportedException();

    public Task<HistoryPage> Versions(ConversationId conversationId, long sequence, long? after = null) =>
        throw new NotSupportedException();

    public Task<ConversationSummary> CreateConversation(CreateConversation command) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ConversationSummary>> Conversations(ConversationsQuery? query = null) =>
        throw new NotSupportedException();

    public Task<HistoryPage> History(ConversationId conversationId, HistoryQuery? query = null) =>
        throw new NotSupportedException();

    public Task AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds) =>
        throw new NotSupportedException();

    public Task RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        throw new NotSupportedException();

    public Task<ParticipantsPage> Participants(ConversationId conversationId, ParticipantsQuery? query = null) =>
        throw new NotSupportedException();

    public Task SetRole(ConversationId conversationId, SetRole command) => throw new NotSupportedException();

    public Task ChangeConversation(ConversationId conversationId, ChangeConversation command) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ThreadSummary>> Threads(ConversationId conversationId, ThreadsQuery? query = null) =>
        throw new NotSupportedException();

    public Task FollowThread(ConversationId conversationId, long thread, bool isFollowing = true) =>
        throw new NotSupportedException();

    public Task<SendReceipt> SetPinned(ConversationId conversationId, long targetSequence, bool isPinned = true) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Pin>> Pins(ConversationId conversationId) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Mention>> Mentions(MentionsQuery? query = null) => throw new NotSupportedException();

    public Task MarkRead(ConversationId conversationId, long sequence, long? thread = null) =>
        throw new NotSupportedException();

    public Task MarkUnread(ConversationId conversationId, long sequence) => throw new NotSupportedException();

    public Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId) =>
        throw new NotSupportedException();

    public Task SetMuted(ConversationId conversationId, bool isMuted = true) => throw new NotSupportedException();

    public Task Typing(ConversationId conversationId, bool isTyping = true) => throw new NotSupportedException();

    public Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<UserProfile>> Users(IReadOnlyList<UserId> userIds) =>
        throw new NotSupportedException();

    public Task Block(UserId userId) => throw new NotSupportedException();

    public Task Unblock(UserId userId) => throw new NotSupportedException();

    public Task<IReadOnlyList<UserId>> Blocks() => throw new NotSupportedException();

    public Task Report(ConversationId conversationId, ReportContent content) => throw new NotSupportedException();

    public Task<IReadOnlyList<OpenReport>> Reports(ConversationId? conversationId = null, ReportsQuery? query = null) =>
        throw new NotSupportedException();

    public Task CloseReport(long reportId, ReportOutcome outcome) => throw new NotSupportedException();

    public Task<CallerIdentity> Me() => throw new NotSupportedException();

    public Task<CallerIdentity> Refresh(string token) => throw new NotSupportedException();
}
