using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Server;

/// <summary>What can be done in the chat, on behalf of a user or as the application (<see cref="IChat"/>).</summary>
/// <remarks>Every method may throw <see cref="ChatRefusalException"/>: its <see cref="ChatRefusalException.Error"/>
/// says what was wrong and what is allowed. A call that ends well is durable, and everybody is shown it.</remarks>
public interface IChatActor
{
    /// <summary>Makes a conversation. A user takes part in it and owns a group; the application does not.</summary>
    Task<ConversationSummary> CreateAsync(CreateConversation command, CancellationToken ct = default);

    /// <summary>Changes title and settings. What is null stays.</summary>
    Task ChangeAsync(ConversationId conversation, ChangeConversation command, CancellationToken ct = default);

    /// <summary>Sends a message. With a dedupe key it is stored once, however often it is sent.</summary>
    Task<SendReceipt> SendAsync(
        ConversationId conversation, string? body, SendOptions? options = null, CancellationToken ct = default);

    /// <summary>Replaces what a message says. The application does not edit.</summary>
    Task<SendReceipt> EditAsync(
        ConversationId conversation, long sequence, EditMessage command, CancellationToken ct = default);

    /// <summary>Deletes a message for good, with its texts.</summary>
    Task<SendReceipt> DeleteAsync(
        ConversationId conversation, long sequence, DeleteMessage? command = null, CancellationToken ct = default);

    /// <summary>Sets all reactions that the user has to a message. The application does not react.</summary>
    Task<ReactionReceipt> SetReactionsAsync(
        ConversationId conversation, long sequence, IReadOnlyList<string> keys, CancellationToken ct = default);

    /// <summary>Pins a message, or takes its pin away.</summary>
    Task<SendReceipt> SetPinnedAsync(
        ConversationId conversation, long sequence, bool isPinned = true, CancellationToken ct = default);

    /// <summary>Adds the users who are not participants yet.</summary>
    Task AddAsync(ConversationId conversation, IReadOnlyList<UserId> users, CancellationToken ct = default);

    /// <summary>Removes a participant. A user who removes itself leaves.</summary>
    Task RemoveAsync(ConversationId conversation, UserId user, CancellationToken ct = default);

    /// <summary>Gives a role; also bans and mutes.</summary>
    Task SetRoleAsync(ConversationId conversation, SetRole command, CancellationToken ct = default);

    /// <summary>Moves the user's read position forward, in the conversation or in a thread.</summary>
    Task MarkReadAsync(
        ConversationId conversation, long sequence, long? thread = null, CancellationToken ct = default);

    /// <summary>Marks an entry and all behind it as unread, for the user alone.</summary>
    Task MarkUnreadAsync(
        ConversationId conversation, long sequence, long? thread = null, CancellationToken ct = default);

    /// <summary>Sets whether the user wants no notifications of the conversation.</summary>
    Task SetMutedAsync(ConversationId conversation, bool isMuted = true, CancellationToken ct = default);

    /// <summary>Has the user follow a thread, or follow it no longer.</summary>
    Task FollowAsync(
        ConversationId conversation, long thread, bool isFollowing = true, CancellationToken ct = default);

    /// <summary>Has the user have nothing to do with another one, or ends that.</summary>
    Task BlockAsync(UserId other, bool isBlocked = true, CancellationToken ct = default);

    /// <summary>Reports a message or a user to the moderators of the conversation.</summary>
    Task ReportAsync(ConversationId conversation, ReportContent content, CancellationToken ct = default);

    /// <summary>Closes a report. The application may close all of its tenant.</summary>
    Task CloseReportAsync(long report, ReportOutcome outcome, CancellationToken ct = default);

    /// <summary>A page of the user's conversations, the most recently active first.</summary>
    Task<IReadOnlyList<ConversationSummary>> ListAsync(
        ConversationsQuery? query = null, CancellationToken ct = default);

    /// <summary>A page of who takes part.</summary>
    Task<ParticipantsPage> ParticipantsAsync(
        ConversationId conversation, ParticipantsQuery? query = null, CancellationToken ct = default);

    /// <summary>A page of the log, or of what is shown of it.</summary>
    Task<HistoryPage> HistoryAsync(
        ConversationId conversation, HistoryQuery? query = null, CancellationToken ct = default);

    /// <summary>All entries behind a sequence, ascending, page by page, up to the newest one at that time. What comes
    /// later is for observers.</summary>
    IAsyncEnumerable<ConversationEntry> ReadAsync(
        ConversationId conversation, long after = 0, CancellationToken ct = default);

    /// <summary>A message, and the entry that has its content now.</summary>
    Task<HistoryPage> MessageAsync(ConversationId conversation, long sequence, CancellationToken ct = default);

    /// <summary>A message, its edits and its deletion, ascending, at most 100 behind a sequence.</summary>
    Task<HistoryPage> VersionsAsync(
        ConversationId conversation, long sequence, long? after = null, CancellationToken ct = default);

    /// <summary>A page of who has put which reactions to a message.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="sequence">The message.</param>
    /// <param name="key">Only users with this reaction; null: all.</param>
    /// <param name="after">Only users behind this one: <see cref="ReactionsPage.Next"/> of the page before.</param>
    /// <param name="ct">Cancels waiting.</param>
    Task<ReactionsPage> ReactionsAsync(ConversationId conversation, long sequence, string? key = null,
        UserId? after = null, CancellationToken ct = default);

    /// <summary>The pinned messages, the one that was pinned last first.</summary>
    Task<IReadOnlyList<Pin>> PinsAsync(ConversationId conversation, CancellationToken ct = default);

    /// <summary>A page of the threads, the one with the newest reply first.</summary>
    Task<IReadOnlyList<ThreadSummary>> ThreadsAsync(
        ConversationId conversation, ThreadsQuery? query = null, CancellationToken ct = default);

    /// <summary>How far the participants have read, the furthest first.</summary>
    Task<IReadOnlyList<ReadPosition>> ReadPositionsAsync(
        ConversationId conversation, CancellationToken ct = default);

    /// <summary>A page of the messages that mention the user, the newest first.</summary>
    Task<IReadOnlyList<Mention>> MentionsAsync(MentionsQuery? query = null, CancellationToken ct = default);

    /// <summary>The names of these users, of those who share a conversation with the user; at most 100.</summary>
    Task<IReadOnlyList<UserProfile>> UsersAsync(IReadOnlyList<UserId> users, CancellationToken ct = default);

    /// <summary>Whom the user has blocked.</summary>
    Task<IReadOnlyList<UserId>> BlocksAsync(CancellationToken ct = default);

    /// <summary>A page of open reports, the oldest first: of a conversation, or, for moderators of the tenant and for
    /// the application, of all (null).</summary>
    Task<IReadOnlyList<OpenReport>> ReportsAsync(
        ConversationId? conversation = null, ReportsQuery? query = null, CancellationToken ct = default);
}
