using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.ClientSdk.Reading;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk;

/// <content>
/// Calls besides reading and sending. A call waits for a connection. When the answer is lost, it is retried on the next
/// connection if repeating it is harmless. All of them throw: <see cref="ChatRefusedException"/> when the server
/// refused; <see cref="ChatTimeoutException"/> when there was no answer within
/// <see cref="ChatClientOptions.CallTimeout"/>; <see cref="ChatConnectException"/> when the connection was given up;
/// <see cref="OperationCanceledException"/> by the token only, and then the call may have been carried out;
/// <see cref="ObjectDisposedException"/> after <see cref="DisposeAsync"/>.
/// </content>
public sealed partial class ChatClient
{
    /// <inheritdoc cref="IChatHub.CreateConversation" />
    /// <remarks>A retry could create a group twice: when the answer is lost this throws, and
    /// <see cref="ConversationsAsync(CancellationToken)"/> shows whether the group was created. A direct conversation
    /// exists once, so it is retried.</remarks>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatDisconnectedException">The answer for a group was lost with the connection.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<ConversationSummary> CreateConversationAsync(CreateConversation command, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return CallAsync(nameof(IChatHub.CreateConversation), hub => hub.CreateConversation(command),
            repeatable: command.Kind == ConversationKind.Direct, ct);
    }

    /// <inheritdoc cref="IChatHub.Conversations" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<IReadOnlyList<ConversationSummary>> ConversationsAsync(CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Conversations), hub => hub.Conversations(), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Conversations" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<IReadOnlyList<ConversationSummary>> ConversationsAsync(
        ConversationsQuery query, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Conversations), hub => hub.Conversations(query), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.History" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<HistoryPage> HistoryAsync(
        ConversationId conversationId, HistoryQuery? query = null, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.History), hub => hub.History(conversationId, query), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.AddParticipants" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task AddParticipantsAsync(
        ConversationId conversationId, IReadOnlyList<UserId> participantIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(participantIds);
        return CallAsync(nameof(IChatHub.AddParticipants), hub => hub.AddParticipants(conversationId, participantIds),
            repeatable: true, ct);
    }

    /// <inheritdoc cref="IChatHub.RemoveParticipant" />
    /// <remarks>Not retried when the answer is lost: a user who has left would be refused the second time.</remarks>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatDisconnectedException">The answer was lost with the connection.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task RemoveParticipantAsync(
        ConversationId conversationId, UserId participantId, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.RemoveParticipant), hub => hub.RemoveParticipant(conversationId, participantId),
            repeatable: false, ct);

    /// <inheritdoc cref="IChatHub.Participants" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<ParticipantsPage> ParticipantsAsync(
        ConversationId conversationId, ParticipantsQuery? query = null, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Participants), hub => hub.Participants(conversationId, query), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.SetRole" />
    /// <remarks>Not retried when the answer is lost: an owner who gave the role up would be refused the second
    /// time.</remarks>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatDisconnectedException">The answer was lost with the connection.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task SetRoleAsync(ConversationId conversationId, SetRole command, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return CallAsync(nameof(IChatHub.SetRole), hub => hub.SetRole(conversationId, command), repeatable: false, ct);
    }

    /// <inheritdoc cref="IChatHub.ChangeConversation" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task ChangeConversationAsync(
        ConversationId conversationId, ChangeConversation command, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return CallAsync(nameof(IChatHub.ChangeConversation), hub => hub.ChangeConversation(conversationId, command),
            repeatable: true, ct);
    }

    /// <inheritdoc cref="IChatHub.MarkRead" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task MarkReadAsync(ConversationId conversationId, long sequence, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.MarkRead), hub => hub.MarkRead(conversationId, sequence), repeatable: true, ct);

    /// <summary>Stores that the user has read a thread up to this sequence. It never goes back.</summary>
    /// <param name="conversationId">A conversation that the user may read.</param>
    /// <param name="thread">The sequence of the thread's first message, or of a reply.</param>
    /// <param name="sequence">The last reply that was read.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task MarkThreadReadAsync(
        ConversationId conversationId, long thread, long sequence, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.MarkRead), hub => hub.MarkRead(conversationId, sequence, thread), repeatable: true,
            ct);

    /// <inheritdoc cref="IChatHub.Threads" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<IReadOnlyList<ThreadSummary>> ThreadsAsync(
        ConversationId conversationId, ThreadsQuery? query = null, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Threads), hub => hub.Threads(conversationId, query), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.FollowThread" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task FollowThreadAsync(
        ConversationId conversationId, long thread, bool isFollowing = true, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.FollowThread), hub => hub.FollowThread(conversationId, thread, isFollowing),
            repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.SetPinned" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<SendReceipt> SetPinnedAsync(
        ConversationId conversationId, long targetSequence, bool isPinned = true, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.SetPinned), hub => hub.SetPinned(conversationId, targetSequence, isPinned),
            repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Pins" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<IReadOnlyList<Pin>> PinsAsync(ConversationId conversationId, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Pins), hub => hub.Pins(conversationId), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Reactions" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<ReactionsPage> ReactionsAsync(
        ConversationId conversationId, long targetSequence, string? key = null, UserId? after = null,
        CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Reactions), hub => hub.Reactions(conversationId, targetSequence, key, after),
            repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Mentions" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<IReadOnlyList<Mention>> MentionsAsync(
        MentionsQuery? query = null, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Mentions), hub => hub.Mentions(query), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.MarkUnread" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task MarkUnreadAsync(ConversationId conversationId, long sequence, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.MarkUnread), hub => hub.MarkUnread(conversationId, sequence), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.MarkUnread" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task MarkUnreadAsync(
        ConversationId conversationId, long sequence, long? thread, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.MarkUnread), hub => hub.MarkUnread(conversationId, sequence, thread),
            repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.ReadPositions" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<IReadOnlyList<ReadPosition>> ReadPositionsAsync(
        ConversationId conversationId, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.ReadPositions), hub => hub.ReadPositions(conversationId), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.SetMuted" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task SetMutedAsync(ConversationId conversationId, bool isMuted = true, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.SetMuted), hub => hub.SetMuted(conversationId, isMuted), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Typing" />
    /// <remarks>Typing is of no use later: without a connection, or when it is lost meanwhile, nothing is sent and
    /// nothing thrown.</remarks>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public async Task TypingAsync(ConversationId conversationId, bool isTyping = true, CancellationToken ct = default)
    {
        if (_link.Current is null) return;
        try
        {
            await CallAsync(nameof(IChatHub.Typing), hub => hub.Typing(conversationId, isTyping), repeatable: false, ct)
                .ConfigureAwait(false);
        }
        catch (ChatException e) when (
            e is ChatDisconnectedException or ChatRefusedException { Code: ChatErrorCode.RateLimited })
        {
            // typing is of use only at this moment
        }
    }

    /// <inheritdoc cref="IChatHub.GetPresence" />
    /// <remarks>The server reports changes to this connection only: call it again after a reconnect.</remarks>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<PresenceSnapshot> GetPresenceAsync(
        ConversationId? conversationId = null, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.GetPresence), hub => hub.GetPresence(conversationId), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Block" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task BlockAsync(UserId userId, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Block), hub => hub.Block(userId), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Unblock" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task UnblockAsync(UserId userId, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Unblock), hub => hub.Unblock(userId), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Blocks" />
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<IReadOnlyList<UserId>> BlocksAsync(CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Blocks), hub => hub.Blocks(), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Report" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task ReportAsync(ConversationId conversationId, ReportContent content, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return CallAsync(nameof(IChatHub.Report), hub => hub.Report(conversationId, content), repeatable: true, ct);
    }

    /// <inheritdoc cref="IChatHub.Reports" />
    /// <remarks>The server reports changes to this connection only: call it again after a reconnect.</remarks>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<IReadOnlyList<OpenReport>> ReportsAsync(
        ConversationId? conversationId = null, ReportsQuery? query = null, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Reports), hub => hub.Reports(conversationId, query), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.CloseReport" />
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task CloseReportAsync(long reportId, ReportOutcome outcome, CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.CloseReport), hub => hub.CloseReport(reportId, outcome), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Me" />
    /// <exception cref="ChatTimeoutException">There is no answer within <see cref="ChatClientOptions.CallTimeout"/>.
    /// </exception>
    public Task<CallerIdentity> MeAsync(CancellationToken ct = default) =>
        CallAsync(nameof(IChatHub.Me), hub => hub.Me(), repeatable: true, ct);

    /// <inheritdoc cref="IChatHub.Users" />
    /// <remarks>The server reports changes to this connection only: call it again after a reconnect.</remarks>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ChatTimeoutException">No answer within <see cref="ChatClientOptions.CallTimeout"/>.</exception>
    public Task<IReadOnlyList<UserProfile>> UsersAsync(
        IReadOnlyList<UserId> userIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        return CallAsync(nameof(IChatHub.Users), hub => hub.Users(userIds), repeatable: true, ct);
    }

    /// <summary>Calls the handler with every user who has another name, once <see cref="UsersAsync"/> was called, until
    /// what is returned is disposed.</summary>
    /// <remarks>A handler gets one call at a time, in order, on a thread of the pool, and holds up nobody; when more
    /// than 1,024 changes wait for it the oldest is dropped. What it throws is logged.</remarks>
    public IDisposable OnUserChange(Action<UserProfile> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Listen(static push => (push as Push.User)?.Profile, handler);
    }

    /// <summary>Calls the handler when there is another open report that the user may see, or one less, once
    /// <see cref="ReportsAsync"/> was called, until what is returned is disposed.</summary>
    /// <remarks>As that of <see cref="OnUserChange"/>.</remarks>
    public IDisposable OnReportsChange(Action<ReportsChange> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Listen(static push => (push as Push.Reports)?.Change, handler);
    }

    private IDisposable Listen<T>(Func<Push, T?> pick, Action<T> handler)
        where T : class =>
        _link.Listen(ChangeListener.Of(pick, handler, _options.Logs.CreateLogger(typeof(ChangeListener).FullName!)));

    private Task CallAsync(string name, Func<IChatHub, Task> call, bool repeatable,
        CancellationToken ct) => CallAsync<bool>(name, async hub =>
    {
        await call(hub).ConfigureAwait(false);
        return true;
    }, repeatable, ct);

    private Task<T> CallAsync<T>(string name, Func<IChatHub, Task<T>> call, bool repeatable, CancellationToken ct) =>
        new HubCall<T>(name, call, repeatable).RunAsync(_link, _options, ct);
}
