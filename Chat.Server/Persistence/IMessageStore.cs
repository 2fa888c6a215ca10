using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence;

/// <summary>The log on disk: the hot path in hand-written SQL. Everything else goes through EF Core.</summary>
/// <remarks>All implementations pass <c>MessageStoreSpec</c>. Failures are <see cref="StoreException"/>.</remarks>
internal interface IMessageStore
{
    /// <summary>Stores the drafts in one transaction and one commit, giving each conversation its next sequences
    /// without a hole.</summary>
    /// <param name="drafts">Those of one conversation get their sequences in the order of the list. No two share
    /// conversation, sender and dedupe key: the caller folds them.</param>
    /// <param name="at">The time to store. Where it is not later than the conversation's newest entry, the entry gets
    /// the next microsecond instead, so that time rises with the sequence. And what is known of the senders, which is
    /// compared behind the locks (<see cref="StoreFailure.Outdated"/>).</param>
    /// <param name="ct">Cancels waiting; a commit that has begun may still happen.</param>
    /// <returns>One outcome per draft, in the order of <paramref name="drafts"/>.</returns>
    /// <remarks>Conversation rows are locked in id order, so two instances cannot deadlock. A draft whose dedupe key is
    /// known stores nothing. A membership draft changes the participants in the same transaction. On any exception but
    /// <see cref="StoreFailure.InDoubt"/> nothing was stored and no sequence burnt.</remarks>
    Task<CommitOutcome[]> CommitAsync(IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct);

    /// <summary>Stores reactions of users, of a user and a message at most one, that an entry is to tell later anyway.
    /// Nothing that is sent to their conversations waits for it, where the database has locks of rows.</summary>
    /// <returns>As <see cref="CommitAsync"/>; <see cref="CommitStatus.Again"/>: that has to store it.</returns>
    Task<CommitOutcome[]> ReactAsync(IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct);

    /// <summary>After <see cref="StoreFailure.Locked"/>: in which conversations of these drafts does somebody else hold
    /// what they need, the conversation or a message that is to be changed? A server process that went silent in the
    /// middle of a commit some seconds ago is put out of it.</summary>
    Task<HashSet<ConversationId>> FindLockedAsync(IReadOnlyCollection<Draft> drafts, CancellationToken ct);

    /// <summary>After <see cref="StoreFailure.InDoubt"/>: which of these drafts are stored? Waits for a commit that is
    /// still under way, by taking the same row locks.</summary>
    /// <returns>One item per draft: its outcome (always <see cref="CommitStatus.Stored"/>), or null when it is not
    /// stored and never will be by that commit.</returns>
    Task<CommitOutcome?[]> ResolveAsync(IReadOnlyList<Draft> drafts, CancellationToken ct);

    /// <summary>Entries with a sequence above <paramref name="after"/>, ascending, from the first one on up to
    /// <paramref name="limit"/>.</summary>
    /// <remarks>What is beyond the limit is not read into memory, here and below.</remarks>
    Task<List<ConversationEntry>> ReadAfterAsync(
        ConversationId conversation, long after, PageLimit limit, CancellationToken ct);

    /// <summary>What follows these places, each in a conversation of its own: in their order, ascending in each, all
    /// together up to <paramref name="limit"/>. One query for all of them.</summary>
    Task<LogStretches> ReadAfterAsync(IReadOnlyList<LogPlace> places, PageLimit limit, CancellationToken ct);

    /// <summary>Entries with a sequence below <paramref name="before"/>, ascending, from the last one back up to
    /// <paramref name="limit"/>.</summary>
    Task<List<ConversationEntry>> ReadBeforeAsync(
        ConversationId conversation, long before, PageLimit limit, CancellationToken ct);

    /// <summary>A page of the messages alone, newest first, as they are now: with what their newest edits say, which
    /// counts for the page's bytes. Those whose content is erased are left out.</summary>
    Task<MessagePage> ReadMessagesAsync(
        ConversationId conversation, MessageQuery query, PageLimit limit, CancellationToken ct);

    /// <summary>A message and the entry that has its content now, in one snapshot; the entry alone where it is no
    /// message, none where there is none.</summary>
    Task<List<ConversationEntry>> ReadMessageAsync(ConversationId conversation, long sequence, CancellationToken ct);

    /// <summary>The message, its edits and its deletion, ascending.</summary>
    /// <param name="conversation">Whose log it is.</param>
    /// <param name="sequence">The message's.</param>
    /// <param name="after">Only those behind this sequence.</param>
    /// <param name="upTo">Only those up to this sequence.</param>
    /// <param name="limit">Where the page ends.</param>
    /// <param name="ct">Cancels waiting.</param>
    Task<List<ConversationEntry>> ReadVersionsAsync(
        ConversationId conversation, long sequence, long after, long upTo, PageLimit limit, CancellationToken ct);

    /// <summary>What these users may do in these conversations, in one query; of conversations that a user's
    /// tenant does not have there is nothing.</summary>
    Task<Dictionary<(ConversationId, UserKey), ConversationAccess>> FindAccessAsync(
        IReadOnlyCollection<(ConversationId Conversation, UserKey User)> whose, CancellationToken ct);

    /// <summary>The newest sequence of each of these conversations, in one query; those that do not exist are left
    /// out.</summary>
    Task<Dictionary<ConversationId, LogHead>> ReadHeadsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct);
}
