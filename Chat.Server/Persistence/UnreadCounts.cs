using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence;

/// <summary>Counts what is unread in conversations, for one user or for many.</summary>
/// <remarks>What it costs does not depend on how many users a conversation has: for more than <see cref="Few"/> of one
/// its newest messages are read once, and what is unread for each is counted from these.</remarks>
internal sealed class UnreadCounts(IShownLog log)
{
    /// <summary>Users of one conversation for whom the log is asked one by one.</summary>
    public const int Few = 8;

    /// <summary>Conversations whose newest messages are in memory at once.</summary>
    private const int Together = 32;

    /// <summary>The conversations as their users list them, with what is unread. Nothing is asked for those that are
    /// read to the end.</summary>
    public async Task<ConversationSummary[]> FillAsync(
        IReadOnlyList<(UserId User, ConversationSummary Summary)> listed, CancellationToken ct)
    {
        var filled = listed.Select(one => one.Summary with { Unread = Unread.None }).ToArray();
        var asked = Enumerable.Range(0, filled.Length).Where(i => MayHaveUnread(filled[i])).ToList();
        var counted = await CountAsync([.. asked.Select(i => PlaceOf(listed[i].User, filled[i]))], ct);
        foreach (var (i, unread) in asked.Zip(counted)) filled[i] = filled[i] with { Unread = unread };
        return filled;
    }

    /// <summary>What is unread behind each of these places.</summary>
    public async Task<Unread[]> CountAsync(IReadOnlyList<UnreadPlace> places, CancellationToken ct)
    {
        var counted = new Unread[places.Count];
        var byLog = Enumerable.Range(0, places.Count)
            .ToLookup(i => new RecentPlace(places[i].Conversation, 0, places[i].Head));
        var single = byLog.Where(users => users.Count() <= Few).SelectMany(users => users).ToList();
        if (single.Count > 0)
            foreach (var (i, unread) in single.Zip(
                await log.CountUnreadAsync([.. single.Select(i => places[i])], ct))) counted[i] = unread;
        foreach (var some in byLog.Where(users => users.Count() > Few).Chunk(Together))
        {
            var recent = await log.ReadRecentAsync(
                [.. some.Select(users => users.Key with { After = users.Min(i => places[i].After) })], ct);
            foreach (var (users, messages) in some.Zip(recent))
                foreach (var i in users) counted[i] = messages.CountFor(places[i].User, places[i].After);
        }
        return counted;
    }

    /// <summary>The smaller of what was read, and what was marked as unread.</summary>
    public static long PositionOf(long lastRead, long? unreadFrom) => Math.Min(unreadFrom ?? long.MaxValue, lastRead);

    /// <summary>Not where there is nothing shown behind the position; nor in a public conversation in which the user
    /// has marked nothing.</summary>
    private static bool MayHaveUnread(ConversationSummary summary) =>
        summary.LastEntry is { } last && PositionOf(summary) < last.Sequence
        && (summary.Kind != ConversationKind.Public || summary.LastReadSequence > 0);

    private static UnreadPlace PlaceOf(UserId user, ConversationSummary summary) =>
        new(summary.Id, user, PositionOf(summary), summary.LastEntry!.Sequence);

    private static long PositionOf(ConversationSummary summary) =>
        PositionOf(summary.LastReadSequence, summary.UnreadFrom);
}
