using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Protocol;

/// <summary>What a client may call on the hub at <see cref="ChatHubRoute.Path"/>.</summary>
/// <remarks>A refusal is a hub error whose text is <c>code: message</c> (<see cref="Errors.ChatError"/>). Trailing
/// arguments that have a default may be left out. Calls of one connection take effect in the order in which they were
/// made, also when the client does not await them.</remarks>
public interface IChatHub
{
    /// <summary>Shows the conversation's entries on this connection from now on, in order and each once.</summary>
    /// <param name="conversationId">A conversation the caller takes part in, or a public one.</param>
    /// <param name="afterSequence">Resume: everything after this sequence is shown first, then new entries. Null:
    /// only new entries. Joining again without it changes nothing; with it, the cursor moves there.</param>
    Task<JoinResult> Join(ConversationId conversationId, long? afterSequence = null);

    /// <summary>Stops showing the conversation on this connection. Leaving a conversation that was not joined is
    /// allowed. Membership stays.</summary>
    Task Leave(ConversationId conversationId);

    /// <summary>Stores a message; the receipt comes once it is durable. The caller must be a participant, but
    /// need not have joined.</summary>
    /// <param name="conversationId">Where to.</param>
    /// <param name="body">The text; it is trimmed. May be null or empty when there is an attachment. At most 64 KiB in
    /// UTF-8.</param>
    /// <param name="options">The rest; null for none.</param>
    Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null);

    /// <summary>Lets a message of the caller's say something else. What the edit names replaces all that the message
    /// said; earlier versions stay visible (<see cref="Versions"/>). An edit that changes nothing is answered with what
    /// is stored, as <c>duplicate</c>.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="targetSequence">The message's sequence.</param>
    /// <param name="command">What it is to say.</param>
    /// <returns>The receipt of the edit: its sequence is the message's version from now on. Refused with <c>gone</c>
    /// where the message was deleted, and with <c>conflict</c> where it has another version than the caller
    /// asks for.</returns>
    Task<SendReceipt> EditMessage(ConversationId conversationId, long targetSequence, EditMessage command);

    /// <summary>Deletes a message for ever: its content and that of its edits is erased. Its author may, and
    /// moderators. One that is deleted already is answered with that deletion, as <c>duplicate</c>.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="targetSequence">The message's sequence.</param>
    /// <param name="command">What goes with it; null for nothing.</param>
    Task<SendReceipt> DeleteMessage(
        ConversationId conversationId, long targetSequence, DeleteMessage? command = null);

    /// <summary>A message, and the entry that has its content now: its newest edit or its deletion, where there is
    /// one.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="sequence">The message's sequence.</param>
    Task<HistoryPage> Message(ConversationId conversationId, long sequence);

    /// <summary>All versions of a message: the message, its edits and its deletion, ascending; at most
    /// <see cref="ChatLimits.VersionsPage"/> in a page.</summary>
    /// <param name="conversationId">Where.</param>
    /// <param name="sequence">The message's sequence.</param>
    /// <param name="after">Only those behind this sequence: the last one of the page before.</param>
    Task<HistoryPage> Versions(ConversationId conversationId, long sequence, long? after = null);

    /// <summary>Creates a conversation, or returns the existing direct one.</summary>
    Task<ConversationSummary> CreateConversation(CreateConversation command);

    /// <summary>A page of the caller's conversations and the lobby, the most recently active first.</summary>
    /// <remarks>The next page is requested with the cursor of the last conversation; a page shorter than its limit is
    /// the last. Conversations that become active meanwhile may be missing: they come first when the list is requested
    /// again.</remarks>
    /// <param name="query">Which page; null for the first 50.</param>
    Task<IReadOnlyList<ConversationSummary>> Conversations(ConversationsQuery? query = null);

    /// <summary>A page of the log: all of it, or what the main stream or a thread shows.</summary>
    Task<HistoryPage> History(ConversationId conversationId, HistoryQuery? query = null);

    /// <summary>Adds participants to a group. Members may; users who were removed or banned are added again by owners
    /// and moderators only. Existing participants are ignored.</summary>
    Task AddParticipants(ConversationId conversationId, IReadOnlyList<UserId> participantIds);

    /// <summary>Removes a participant from a group: the caller, or others where the caller is an owner or a moderator
    /// and stands above them. When the last owner goes, the moderator who has been there for longest owns it, else the
    /// member.</summary>
    Task RemoveParticipant(ConversationId conversationId, UserId participantId);

    /// <summary>A page of the participants with their roles, in the order of their ids, and the caller's own
    /// role.</summary>
    /// <param name="conversationId">A conversation the caller may read.</param>
    /// <param name="query">Which page; null for the first 100.</param>
    Task<ParticipantsPage> Participants(ConversationId conversationId, ParticipantsQuery? query = null);

    /// <summary>Gives a user another role: owners make owners, moderators and members; owners and moderators mute and
    /// ban those below them, for a time or for good, and take it back.</summary>
    /// <param name="conversationId">A group; a public conversation for mutes and bans.</param>
    /// <param name="command">Who gets which role.</param>
    Task SetRole(ConversationId conversationId, SetRole command);

    /// <summary>Changes title and settings of a group. Owners and moderators may.</summary>
    /// <param name="conversationId">Which.</param>
    /// <param name="command">What is new.</param>
    Task ChangeConversation(ConversationId conversationId, ChangeConversation command);

    /// <summary>A page of the threads of a conversation, the one with the newest reply first.</summary>
    /// <param name="conversationId">A conversation the caller may read.</param>
    /// <param name="query">Which page; null for the first 20.</param>
    Task<IReadOnlyList<ThreadSummary>> Threads(ConversationId conversationId, ThreadsQuery? query = null);

    /// <summary>Follows a thread, or no longer. The author of its first message follows it from the first reply on,
    /// and so does everybody who replies or is mentioned in it. After a user has unfollowed a thread, only the user's
    /// own replies, or this call, change that.</summary>
    /// <param name="conversationId">A conversation the caller may read.</param>
    /// <param name="thread">The sequence of its first message, or of a reply. It need not have replies yet.</param>
    /// <param name="isFollowing">False: no longer.</param>
    Task FollowThread(ConversationId conversationId, long thread, bool isFollowing = true);

    /// <summary>Pins a message, for everybody, or takes its pin away. At most <see cref="ChatLimits.Pins"/> messages of
    /// a conversation are pinned. What is so already is answered with the entry that made it so, as
    /// <c>duplicate</c>.</summary>
    /// <param name="conversationId">A conversation in which the caller takes part and may write.</param>
    /// <param name="targetSequence">The message's sequence.</param>
    /// <param name="isPinned">False: no longer.</param>
    Task<SendReceipt> SetPinned(ConversationId conversationId, long targetSequence, bool isPinned = true);

    /// <summary>The pinned messages, the one that was pinned last first.</summary>
    Task<IReadOnlyList<Pin>> Pins(ConversationId conversationId);

    /// <summary>Says which reactions to a message the caller has from now on, all of them: those that are not named are
    /// taken away. Called again it changes nothing, and is answered with <c>duplicate</c>.</summary>
    /// <param name="conversationId">A conversation the caller may write to.</param>
    /// <param name="targetSequence">The message's sequence.</param>
    /// <param name="keys">At most <see cref="ChatLimits.ReactionsPerUser"/>; none takes all away. A key is one emoji of
    /// at most <see cref="ChatLimits.ReactionBytes"/> bytes in UTF-8, or a name <c>:like_this:</c> of at most
    /// <see cref="ChatLimits.ReactionNameLength"/> characters; keys are compared byte by byte. A message has at most
    /// <see cref="ChatLimits.ReactionsPerMessage"/> different ones.</param>
    /// <returns>The receipt, once they are durable. All others are told by an entry
    /// (<see cref="Entries.ReactionsChangedEntry"/>), at once or after an interval. Refused with <c>gone</c> where the
    /// message was deleted.</returns>
    Task<ReactionReceipt> SetReactions(
        ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys);

    /// <summary>A page of who has put which reactions to a message, in the order of the users' ids, at most
    /// <see cref="ChatLimits.ReactionsPage"/> users.</summary>
    /// <param name="conversationId">A conversation the caller may read.</param>
    /// <param name="targetSequence">The message's sequence.</param>
    /// <param name="key">Only those with this reaction; null: all.</param>
    /// <param name="after">Only those after this user: <see cref="ReactionsPage.Next"/> of the page before.</param>
    Task<ReactionsPage> Reactions(
        ConversationId conversationId, long targetSequence, string? key = null, UserId? after = null);

    /// <summary>A page of the messages that name the caller, in all conversations that the caller takes part in, the
    /// newest first.</summary>
    /// <param name="query">Which page; null for the first 50.</param>
    Task<IReadOnlyList<Mention>> Mentions(MentionsQuery? query = null);

    /// <summary>Stores that the caller has read up to this sequence, at most up to the newest entry, and notifies the
    /// others. It never goes back. What was marked as unread is so no longer.</summary>
    /// <param name="conversationId">A conversation the caller may read.</param>
    /// <param name="sequence">The last entry that was read.</param>
    /// <param name="thread">The thread that was read, by the sequence of its first message or of a reply; null: the
    /// conversation. A position in a thread is shown to nobody; nothing is stored of a thread that the caller does not
    /// follow.</param>
    Task MarkRead(ConversationId conversationId, long sequence, long? thread = null);

    /// <summary>Marks this entry and all behind it as unread, for the caller alone: others are shown the caller's
    /// position as it was. The next <see cref="MarkRead"/> ends it.</summary>
    /// <param name="conversationId">A conversation the caller may read.</param>
    /// <param name="sequence">The first that is unread, 1 or more.</param>
    /// <param name="thread">The thread in which it is unread, by the sequence of its first message or of a reply; null:
    /// the conversation. Nothing is stored of a thread that the caller does not follow.</param>
    Task MarkUnread(ConversationId conversationId, long sequence, long? thread = null);

    /// <summary>How far each participant has read, for those who have read anything: the highest first, at most
    /// <see cref="ChatLimits.PresenceUsers"/>.</summary>
    Task<IReadOnlyList<ReadPosition>> ReadPositions(ConversationId conversationId);

    /// <summary>Whether the caller wants notifications of the conversation's messages while not connected. Other
    /// participants do not see this.</summary>
    /// <param name="conversationId">A conversation the caller may read.</param>
    /// <param name="isMuted">True: no notifications until it is set to false.</param>
    Task SetMuted(ConversationId conversationId, bool isMuted = true);

    /// <summary>Shows the others that the caller is typing. It expires, so repeat it every few seconds. More frequent
    /// calls are ignored.</summary>
    /// <param name="conversationId">A conversation the caller may write to.</param>
    /// <param name="isTyping">False: given up.</param>
    Task Typing(ConversationId conversationId, bool isTyping = true);

    /// <summary>Who is online now, and from then on every change (<see cref="IChatClient.PresenceChanged"/>) until
    /// this connection leaves the conversation or ends.</summary>
    /// <param name="conversationId">A conversation, which this connection must have joined to receive changes; null:
    /// the caller's contacts, which are all who share a group or direct conversation with the caller.</param>
    Task<PresenceSnapshot> GetPresence(ConversationId? conversationId = null);

    /// <summary>The names of users, and from now on every change of one (<see cref="IChatClient.UserChanged"/>) until
    /// this connection ends.</summary>
    /// <param name="userIds">Who, at most <see cref="ChatLimits.UsersPage"/>.</param>
    /// <returns>Those of them who share a group or direct conversation with the caller, and the caller; the others are
    /// left out, whether there are such users or not.</returns>
    Task<IReadOnlyList<UserProfile>> Users(IReadOnlyList<UserId> userIds);

    /// <summary>From now on the caller and this user have nothing to do with each other: neither writes to the other
    /// directly, adds the other to a conversation, or is shown when the other types, comes or goes. What both see in
    /// groups stays. The user is not told.</summary>
    /// <param name="userId">Who; there need not be such a user. At most <see cref="ChatLimits.BlocksPerUser"/>.</param>
    Task Block(UserId userId);

    /// <summary>Takes back the caller's block. The other user's own block, if there is one, stays.</summary>
    Task Unblock(UserId userId);

    /// <summary>Whom the caller has blocked, in the order of their ids. Who has blocked the caller is not
    /// said.</summary>
    Task<IReadOnlyList<UserId>> Blocks();

    /// <summary>Reports a message or a user of a conversation to its moderators. Nobody else is told, and never who it
    /// was. The same once more, while it is open, changes nothing.</summary>
    /// <param name="conversationId">A conversation the caller may read.</param>
    /// <param name="content">What, and why. At most <see cref="ChatLimits.ReportsPerUser"/> may be open.</param>
    Task Report(ConversationId conversationId, ReportContent content);

    /// <summary>A page of the open reports, the oldest first, and from then on every change
    /// (<see cref="IChatClient.ReportsChanged"/>) until this connection ends. One about the caller is not
    /// shown.</summary>
    /// <param name="conversationId">A conversation of which the caller is an owner or a moderator; null: all of the
    /// tenant, for its moderators only.</param>
    /// <param name="query">Which page; null for the first.</param>
    Task<IReadOnlyList<OpenReport>> Reports(ConversationId? conversationId = null, ReportsQuery? query = null);

    /// <summary>Closes a report that the caller is shown. One that is closed already stays as it is.</summary>
    /// <param name="reportId">Its id.</param>
    /// <param name="outcome">What came of it.</param>
    Task CloseReport(long reportId, ReportOutcome outcome);

    /// <summary>Whom the server takes the caller for.</summary>
    Task<CallerIdentity> Me();

    /// <summary>Gives this connection a new token of its user: it lasts until that one expires. A token that is
    /// refused leaves it as it was; one of another user ends it, with <c>identity_mismatch</c>. Not for open
    /// mode.</summary>
    /// <param name="token">The new token.</param>
    /// <returns>What <see cref="Me"/> answers from now on.</returns>
    Task<CallerIdentity> Refresh(string token);
}
