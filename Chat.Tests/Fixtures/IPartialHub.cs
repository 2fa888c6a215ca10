using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Fixtures;

/// <summary>A hub of which a test implements what it calls. Every other method throws.</summary>
internal interface IPartialHub : IChatHub
{
    Task<JoinResult> IChatHub.Join(ConversationId conversationId, long? afterSequence) =>
        throw new NotSupportedException();

    Task IChatHub.Leave(ConversationId conversationId) => throw new NotSupportedException();

    Task<SendReceipt> IChatHub.Send(ConversationId conversationId, string? body, SendOptions? options) =>
        throw new NotSupportedException();

    Task<SendReceipt> IChatHub.EditMessage(ConversationId conversationId, long targetSequence, EditMessage command) =>
        throw new NotSupportedException();

    Task<SendReceipt> IChatHub.DeleteMessage(
        ConversationId conversationId, long targetSequence, DeleteMessage? command) =>
        throw new NotSupportedException();

    Task<HistoryPage> IChatHub.Message(ConversationId conversationId, long sequence) =>
        throw new NotSupportedException();

    Task<HistoryPage> IChatHub.Versions(ConversationId conversationId, long sequence, long? after) =>
        throw new NotSupportedException();

    Task<ConversationSummary> IChatHub.CreateConversation(CreateConversation command) =>
        throw new NotSupportedException();

    Task<IReadOnlyList<ConversationSummary>> IChatHub.Conversations(ConversationsQuery? query) =>
        throw new NotSupportedException();

    Task<HistoryPage> IChatHub.History(ConversationId conversationId, HistoryQuery? query) =>
        throw new NotSupportedException();

    Task IChatHub.AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds) =>
        throw new NotSupportedException();

    Task IChatHub.RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        throw new NotSupportedException();

    Task<ParticipantsPage> IChatHub.Participants(ConversationId conversationId, ParticipantsQuery? query) =>
        throw new NotSupportedException();

    Task IChatHub.SetRole(ConversationId conversationId, SetRole command) => throw new NotSupportedException();

    Task IChatHub.ChangeConversation(ConversationId conversationId, ChangeConversation command) =>
        throw new NotSupportedException();

    Task<IReadOnlyList<ThreadSummary>> IChatHub.Threads(ConversationId conversationId, ThreadsQuery? query) =>
        throw new NotSupportedException();

    Task IChatHub.FollowThread(ConversationId conversationId, long thread, bool isFollowing) =>
        throw new NotSupportedException();

    Task<SendReceipt> IChatHub.SetPinned(ConversationId conversationId, long targetSequence, bool isPinned) =>
        throw new NotSupportedException();

    Task<ReactionReceipt> IChatHub.SetReactions(
        ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys) =>
        throw new NotSupportedException();

    Task<ReactionsPage> IChatHub.Reactions(
        ConversationId conversationId, long targetSequence, string? key, UserId? after) =>
        throw new NotSupportedException();

    Task<IReadOnlyList<Pin>> IChatHub.Pins(ConversationId conversationId) => throw new NotSupportedException();

    Task<IReadOnlyList<Mention>> IChatHub.Mentions(MentionsQuery? query) => throw new NotSupportedException();

    Task IChatHub.MarkRead(ConversationId conversationId, long sequence, long? thread) =>
        throw new NotSupportedException();

    Task IChatHub.MarkUnread(ConversationId conversationId, long sequence, long? thread) =>
        throw new NotSupportedException();

    Task<IReadOnlyList<ReadPosition>> IChatHub.ReadPositions(ConversationId conversationId) =>
        throw new NotSupportedException();

    Task IChatHub.SetMuted(ConversationId conversationId, bool isMuted) => throw new NotSupportedException();

    Task IChatHub.Typing(ConversationId conversationId, bool isTyping) => throw new NotSupportedException();

    Task<PresenceSnapshot> IChatHub.GetPresence(ConversationId? conversationId) => throw new NotSupportedException();

    Task<IReadOnlyList<UserProfile>> IChatHub.Users(IReadOnlyList<UserId> userIds) => throw new NotSupportedException();

    Task IChatHub.Block(UserId userId) => throw new NotSupportedException();

    Task IChatHub.Unblock(UserId userId) => throw new NotSupportedException();

    Task<IReadOnlyList<UserId>> IChatHub.Blocks() => throw new NotSupportedException();

    Task IChatHub.Report(ConversationId conversationId, ReportContent content) => throw new NotSupportedException();

    Task<IReadOnlyList<OpenReport>> IChatHub.Reports(ConversationId? conversationId, ReportsQuery? query) =>
        throw new NotSupportedException();

    Task IChatHub.CloseReport(long reportId, ReportOutcome outcome) => throw new NotSupportedException();

    Task<CallerIdentity> IChatHub.Me() => throw new NotSupportedException();

    Task<CallerIdentity> IChatHub.Refresh(string token) => throw new NotSupportedException();
}
