using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence;

/// <summary>The log as it is shown to people: pages of the main stream and of threads, what is unread, and lists of
/// conversations.</summary>
/// <remarks>All implementations pass <c>ShownLogSpec</c>. Failures are <see cref="StoreException"/>.</remarks>
internal interface IShownLog
{
    /// <summary>A page of what is shown, ascending, with what has become of its messages and the newest sequence: all
    /// of one moment. It ends as pages of the log do; the texts of edits count too.</summary>
    /// <returns>Null when there is no such conversation.</returns>
    Task<ShownPage?> ReadPageAsync(
        ConversationId conversation, ShownQuery query, PageLimit limit, CancellationToken ct);

    /// <summary>A page of a user's conversations, most recently active first, with previews of the newest shown entries
    /// and what is unread, in one query. Blocked ones are left out.</summary>
    /// <returns>Null where the user takes part in more than <see cref="ListQuery.MostSorted"/> of those that are
    /// looked at.</returns>
    Task<IReadOnlyList<ConversationSummary>?> ReadListAsync(ListQuery query, CancellationToken ct);

    /// <summary>What is unread in the main stream behind these places, one answer a place. One query, and another one
    /// where more than <see cref="UnreadPlace.MostLookedAt"/> entries lie behind some of them.</summary>
    Task<Unread[]> CountUnreadAsync(IReadOnlyList<UnreadPlace> places, CancellationToken ct);

    /// <summary>The newest messages of each of these conversations, for counting for many users: at most
    /// <see cref="UnreadPlace.MostLookedAt"/> shown entries each, in one query.</summary>
    Task<RecentMessages[]> ReadRecentAsync(IReadOnlyList<RecentPlace> places, CancellationToken ct);
}
