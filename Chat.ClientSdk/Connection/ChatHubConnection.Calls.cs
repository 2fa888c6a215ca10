using Chat.ClientSdk.Connection;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk;

public sealed partial class ChatHubConnection
{
    /// <inheritdoc cref="IChatHub.Join" />
    /// <exception cref="ChatRefusedException">The server refused. Every call can throw this.</exception>
    /// <exception cref="ChatDisconnectedException">There is no connection, or it ended before the answer came. Every
    /// call can throw this.</exception>
    public Task<JoinResult> JoinAsync(
        ConversationId conversationId, long? afterSequence = null, CancellationToken ct = default) =>
        CallAsync<JoinResult>(nameof(IChatHub.Join), [conversationId, afterSequence], ct);

    /// <inheritdoc cref="IChatHub.Leave" />
    public Task LeaveAsync(ConversationId conversationId, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Leave), [conversationId], ct);

    /// <inheritdoc cref="IChatHub.Send" />
    public Task<SendReceipt> SendAsync(
        ConversationId conversationId, string? body, SendOptions? options = null, CancellationToken ct = default) =>
        CallAsync<SendReceipt>(nameof(IChatHub.Send), [conversationId, body, options], ct);

    /// <inheritdoc cref="IChatHub.EditMessage" />
    /// <exception cref="ChatConflictException">The message has another version than
    /// <see cref="EditMessage.IfVersion"/>.</exception>
    public Task<SendReceipt> EditMessageAsync(
        ConversationId conversationId, long targetSequence, EditMessage command, CancellationToken ct = default) =>
        CallAsync<SendReceipt>(nameof(IChatHub.EditMessage), [conversationId, targetSequence, command], ct);

    /// <inheritdoc cref="IChatHub.DeleteMessage" />
    public Task<SendReceipt> DeleteMessageAsync(
        ConversationId conversationId, long targetSequence, DeleteMessage? command = null,
        CancellationToken ct = default) =>
        CallAsync<SendReceipt>(nameof(IChatHub.DeleteMessage), [conversationId, targetSequence, command], ct);

    /// <inheritdoc cref="IChatHub.Message" />
    public Task<HistoryPage> MessageAsync(
        ConversationId conversationId, long sequence, CancellationToken ct = default) =>
        CallAsync<HistoryPage>(nameof(IChatHub.Message), [conversationId, sequence], ct);

    /// <inheritdoc cref="IChatHub.Versions" />
    public Task<HistoryPage> VersionsAsync(
        ConversationId conversationId, long sequence, long? after = null, CancellationToken ct = default) =>
        CallAsync<HistoryPage>(nameof(IChatHub.Versions), [conversationId, sequence, after], ct);

    /// <inheritdoc cref="IChatHub.CreateConversation" />
    public Task<ConversationSummary> CreateConversationAsync(
        CreateConversation command, CancellationToken ct = default) =>
        CallAsync<ConversationSummary>(nameof(IChatHub.CreateConversation), [command], ct);

    /// <inheritdoc cref="IChatHub.Conversations" />
    public Task<IReadOnlyList<ConversationSummary>> ConversationsAsync(CancellationToken ct = default) =>
        CallAsync<IReadOnlyList<ConversationSummary>>(nameof(IChatHub.Conversations), [], ct);

    /// <inheritdoc cref="IChatHub.Conversations" />
    public Task<IReadOnlyList<ConversationSummary>> ConversationsAsync(
        ConversationsQuery query, CancellationToken ct = default) =>
        CallAsync<IReadOnlyList<ConversationSummary>>(nameof(IChatHub.Conversations), [query], ct);

    /// <inheritdoc cref="IChatHub.History" />
    public Task<HistoryPage> HistoryAsync(
        ConversationId conversationId, HistoryQuery? query = null, CancellationToken ct = default) =>
        CallAsync<HistoryPage>(nameof(IChatHub.History), [conversationId, query], ct);

    /// <inheritdoc cref="IChatHub.AddParticipants" />
    public Task AddParticipantsAsync(
        ConversationId conversationId, IReadOnlyList<UserId> participantIds, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.AddParticipants), [conversationId, participantIds.ToArray()], ct);

    /// <inheritdoc cref="IChatHub.RemoveParticipant" />
    public Task RemoveParticipantAsync(
        ConversationId conversationId, UserId participantId, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.RemoveParticipant), [conversationId, participantId], ct);

    /// <inheritdoc cref="IChatHub.Participants" />
    public Task<ParticipantsPage> ParticipantsAsync(
        ConversationId conversationId, ParticipantsQuery? query = null, CancellationToken ct = default) =>
        CallAsync<ParticipantsPage>(nameof(IChatHub.Participants), [conversationId, query], ct);

    /// <inheritdoc cref="IChatHub.SetRole" />
    public Task SetRoleAsync(ConversationId conversationId, SetRole command, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.SetRole), [conversationId, command], ct);

    /// <inheritdoc cref="IChatHub.ChangeConversation" />
    public Task ChangeConversationAsync(
        ConversationId conversationId, ChangeConversation command, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.ChangeConversation), [conversationId, command], ct);

    /// <inheritdoc cref="IChatHub.Threads" />
    public Task<IReadOnlyList<ThreadSummary>> ThreadsAsync(
        ConversationId conversationId, ThreadsQuery? query = null, CancellationToken ct = default) =>
        CallAsync<IReadOnlyList<ThreadSummary>>(nameof(IChatHub.Threads), [conversationId, query], ct);

    /// <inheritdoc cref="IChatHub.FollowThread" />
    public Task FollowThreadAsync(
        ConversationId conversationId, long thread, bool isFollowing = true, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.FollowThread), [conversationId, thread, isFollowing], ct);

    /// <inheritdoc cref="IChatHub.SetPinned" />
    public Task<SendReceipt> SetPinnedAsync(
        ConversationId conversationId, long targetSequence, bool isPinned = true, CancellationToken ct = default) =>
        CallAsync<SendReceipt>(nameof(IChatHub.SetPinned), [conversationId, targetSequence, isPinned], ct);

    /// <inheritdoc cref="IChatHub.Pins" />
    public Task<IReadOnlyList<Pin>> PinsAsync(ConversationId conversationId, CancellationToken ct = default) =>
        CallAsync<IReadOnlyList<Pin>>(nameof(IChatHub.Pins), [conversationId], ct);

    /// <inheritdoc cref="IChatHub.SetReactions" />
    public Task<ReactionReceipt> SetReactionsAsync(
        ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys,
        CancellationToken ct = default) =>
        CallAsync<ReactionReceipt>(nameof(IChatHub.SetReactions), [conversationId, targetSequence, keys.ToArray()], ct);

    /// <inheritdoc cref="IChatHub.Reactions" />
    public Task<ReactionsPage> ReactionsAsync(
        ConversationId conversationId, long targetSequence, string? key = null, UserId? after = null,
        CancellationToken ct = default) =>
        CallAsync<ReactionsPage>(nameof(IChatHub.Reactions), [conversationId, targetSequence, key, after], ct);

    /// <inheritdoc cref="IChatHub.Mentions" />
    public Task<IReadOnlyList<Mention>> MentionsAsync(MentionsQuery? query = null, CancellationToken ct = default) =>
        CallAsync<IReadOnlyList<Mention>>(nameof(IChatHub.Mentions), [query], ct);

    /// <inheritdoc cref="IChatHub.MarkRead" />
    public Task MarkReadAsync(ConversationId conversationId, long sequence, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.MarkRead), [conversationId, sequence], ct);

    /// <inheritdoc cref="IChatHub.MarkRead" />
    public Task MarkReadAsync(
        ConversationId conversationId, long sequence, long? thread, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.MarkRead), [conversationId, sequence, thread], ct);

    /// <inheritdoc cref="IChatHub.MarkUnread" />
    public Task MarkUnreadAsync(ConversationId conversationId, long sequence, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.MarkUnread), [conversationId, sequence], ct);

    /// <inheritdoc cref="IChatHub.MarkUnread" />
    public Task MarkUnreadAsync(
        ConversationId conversationId, long sequence, long? thread, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.MarkUnread), [conversationId, sequence, thread], ct);

    /// <inheritdoc cref="IChatHub.ReadPositions" />
    public Task<IReadOnlyList<ReadPosition>> ReadPositionsAsync(
        ConversationId conversationId, CancellationToken ct = default) =>
        CallAsync<IReadOnlyList<ReadPosition>>(nameof(IChatHub.ReadPositions), [conversationId], ct);

    /// <inheritdoc cref="IChatHub.SetMuted" />
    public Task SetMutedAsync(ConversationId conversationId, bool isMuted = true, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.SetMuted), [conversationId, isMuted], ct);

    /// <inheritdoc cref="IChatHub.Typing" />
    public Task TypingAsync(ConversationId conversationId, bool isTyping = true, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Typing), [conversationId, isTyping], ct);

    /// <inheritdoc cref="IChatHub.GetPresence" />
    public Task<PresenceSnapshot> GetPresenceAsync(
        ConversationId? conversationId = null, CancellationToken ct = default) =>
        CallAsync<PresenceSnapshot>(nameof(IChatHub.GetPresence), [conversationId], ct);

    /// <inheritdoc cref="IChatHub.Block" />
    public Task BlockAsync(UserId userId, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Block), [userId], ct);

    /// <inheritdoc cref="IChatHub.Unblock" />
    public Task UnblockAsync(UserId userId, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Unblock), [userId], ct);

    /// <inheritdoc cref="IChatHub.Blocks" />
    public Task<IReadOnlyList<UserId>> BlocksAsync(CancellationToken ct = default) =>
        CallAsync<IReadOnlyList<UserId>>(nameof(IChatHub.Blocks), [], ct);

    /// <inheritdoc cref="IChatHub.Report" />
    public Task ReportAsync(ConversationId conversationId, ReportContent content, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Report), [conversationId, content], ct);

    /// <inheritdoc cref="IChatHub.Reports" />
    public Task<IReadOnlyList<OpenReport>> ReportsAsync(
        ConversationId? conversationId = null, ReportsQuery? query = null, CancellationToken ct = default) =>
        CallAsync<IReadOnlyList<OpenReport>>(nameof(IChatHub.Reports), [conversationId, query], ct);

    /// <inheritdoc cref="IChatHub.CloseReport" />
    public Task CloseReportAsync(long reportId, ReportOutcome outcome, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.CloseReport), [reportId, outcome], ct);

    /// <inheritdoc cref="IChatHub.Users" />
    public Task<IReadOnlyList<UserProfile>> UsersAsync(
        IReadOnlyList<UserId> userIds, CancellationToken ct = default) =>
        CallAsync<IReadOnlyList<UserProfile>>(nameof(IChatHub.Users), [userIds.ToArray()], ct);

    /// <inheritdoc cref="IChatHub.Me" />
    public Task<CallerIdentity> MeAsync(CancellationToken ct = default) =>
        CallAsync<CallerIdentity>(nameof(IChatHub.Me), [], ct);

    /// <inheritdoc cref="IChatHub.Refresh" />
    public Task<CallerIdentity> RefreshAsync(string token, CancellationToken ct = default) =>
        CallAsync<CallerIdentity>(nameof(IChatHub.Refresh), [token], ct);

    Task<JoinResult> IChatHub.Join(ConversationId conversationId, long? afterSequence) =>
        JoinAsync(conversationId, afterSequence);

    Task IChatHub.Leave(ConversationId conversationId) => LeaveAsync(conversationId);

    Task<SendReceipt> IChatHub.Send(ConversationId conversationId, string? body, SendOptions? options) =>
        SendAsync(conversationId, body, options);

    Task<SendReceipt> IChatHub.EditMessage(
        ConversationId conversationId, long targetSequence, EditMessage command) =>
        EditMessageAsync(conversationId, targetSequence, command);

    Task<SendReceipt> IChatHub.DeleteMessage(
        ConversationId conversationId, long targetSequence, DeleteMessage? command) =>
        DeleteMessageAsync(conversationId, targetSequence, command);

    Task<HistoryPage> IChatHub.Message(ConversationId conversationId, long sequence) =>
        MessageAsync(conversationId, sequence);

    Task<HistoryPage> IChatHub.Versions(ConversationId conversationId, long sequence, long? after) =>
        VersionsAsync(conversationId, sequence, after);

    Task<ConversationSummary> IChatHub.CreateConversation(CreateConversation command) =>
        CreateConversationAsync(command);

    Task<IReadOnlyList<ConversationSummary>> IChatHub.Conversations(ConversationsQuery? query) =>
        query is null ? ConversationsAsync() : ConversationsAsync(query);

    Task<HistoryPage> IChatHub.History(ConversationId conversationId, HistoryQuery? query) =>
        HistoryAsync(conversationId, query);

    Task IChatHub.AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds) =>
        AddParticipantsAsync(conversationId, participantIds);

    Task IChatHub.RemoveParticipant(ConversationId conversationId, UserId participantId) =>
        RemoveParticipantAsync(conversationId, participantId);

    Task<ParticipantsPage> IChatHub.Participants(ConversationId conversationId, ParticipantsQuery? query) =>
        ParticipantsAsync(conversationId, query);

    Task IChatHub.SetRole(ConversationId conversationId, SetRole command) => SetRoleAsync(conversationId, command);

    Task IChatHub.ChangeConversation(ConversationId conversationId, ChangeConversation command) =>
        ChangeConversationAsync(conversationId, command);

    Task<IReadOnlyList<ThreadSummary>> IChatHub.Threads(ConversationId conversationId, ThreadsQuery? query) =>
        ThreadsAsync(conversationId, query);

    Task IChatHub.FollowThread(ConversationId conversationId, long thread, bool isFollowing) =>
        FollowThreadAsync(conversationId, thread, isFollowing);

    Task<SendReceipt> IChatHub.SetPinned(ConversationId conversationId, long targetSequence, bool isPinned) =>
        SetPinnedAsync(conversationId, targetSequence, isPinned);

    Task<ReactionReceipt> IChatHub.SetReactions(
        ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys) =>
        SetReactionsAsync(conversationId, targetSequence, keys);

    Task<ReactionsPage> IChatHub.Reactions(
        ConversationId conversationId, long targetSequence, string? key, UserId? after) =>
        ReactionsAsync(conversationId, targetSequence, key, after);

    Task<IReadOnlyList<Pin>> IChatHub.Pins(ConversationId conversationId) => PinsAsync(conversationId);

    Task<IReadOnlyList<Mention>> IChatHub.Mentions(MentionsQuery? query) => MentionsAsync(query);

    Task IChatHub.MarkRead(ConversationId conversationId, long sequence, long? thread) => thread is null
        ? MarkReadAsync(conversationId, sequence) // servers of the version before take two arguments
        : MarkReadAsync(conversationId, sequence, thread);

    Task IChatHub.MarkUnread(ConversationId conversationId, long sequence, long? thread) => thread is null
        ? MarkUnreadAsync(conversationId, sequence)
        : MarkUnreadAsync(conversationId, sequence, thread);

    Task<IReadOnlyList<ReadPosition>> IChatHub.ReadPositions(ConversationId conversationId) =>
        ReadPositionsAsync(conversationId);

    Task IChatHub.SetMuted(ConversationId conversationId, bool isMuted) => SetMutedAsync(conversationId, isMuted);

    Task IChatHub.Typing(ConversationId conversationId, bool isTyping) => TypingAsync(conversationId, isTyping);

    Task<PresenceSnapshot> IChatHub.GetPresence(ConversationId? conversationId) => GetPresenceAsync(conversationId);

    Task<IReadOnlyList<UserProfile>> IChatHub.Users(IReadOnlyList<UserId> userIds) => UsersAsync(userIds);

    Task IChatHub.Block(UserId userId) => BlockAsync(userId);

    Task IChatHub.Unblock(UserId userId) => UnblockAsync(userId);

    Task<IReadOnlyList<UserId>> IChatHub.Blocks() => BlocksAsync();

    Task IChatHub.Report(ConversationId conversationId, ReportContent content) => ReportAsync(conversationId, content);

    Task<IReadOnlyList<OpenReport>> IChatHub.Reports(ConversationId? conversationId, ReportsQuery? query) =>
        ReportsAsync(conversationId, query);

    Task IChatHub.CloseReport(long reportId, ReportOutcome outcome) => CloseReportAsync(reportId, outcome);

    Task<CallerIdentity> IChatHub.Me() => MeAsync();

    Task<CallerIdentity> IChatHub.Refresh(string token) => RefreshAsync(token);

    private Task CallAsync(string method, object?[] arguments, CancellationToken ct) =>
        CallAsync<object>(method, arguments, ct);

    private async Task<T> CallAsync<T>(string method, object?[] arguments, CancellationToken ct)
    {
        CallSize.Check(arguments);
        try
        {
            return (T)(await _hub.InvokeCoreAsync(method, typeof(T), arguments, ct).ConfigureAwait(false))!;
        }
        catch (ObjectDisposedException ex) when (DisposedIsDisconnected)
        {
            throw new ChatDisconnectedException("The connection is over.", ex);
        }
        catch (Exception ex) when (ChatFailure.FromCall(ex, ct) is { } failure)
        {
            throw failure;
        }
    }
}
