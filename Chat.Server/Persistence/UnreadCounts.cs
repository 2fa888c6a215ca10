using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Persistence;

/// <summary>Counts what is unread in listed conversations.</summary>
internal sealed class UnreadCounts(IShownLog log)
{
    /// <summary>The conversations as their users list them, with what is unread. Nothing is asked for those that are
    /// read to the end.</summary>
    public async Task<ConversationSummary[]> FillAsync(
        IReadOnlyList<(UserId User, ConversationSummary Summary)> listed, CancellationToken ct)
    {
        var filled = listed.Select(one => one.Summary with { Unread = Unread.None }).ToArray();
        var asked = Enumerable.Range(0, filled.Length).Where(i => MayHaveUnread(filled[i])).ToList();
        if (asked.Count == 0) return filled;
        var counted = await log.CountUnreadAsync([.. asked.Select(i => PlaceOf(listed[i].User, filled[i]))], ct);
        foreach (var (i, unread) in asked.Zip(counted)) filled[i] = filled[i] with { Unread = unread };
        return filled;
    }

    /// <summary>Not where there is nothing shown behind the position; nor in a public conversation in which the user
    /// has marked nothing.</summary>
    private static bool MayHaveUnread(ConversationSummary summary) =>
        summary.LastEntry is { } last && PositionOf(summary) < last.Sequence
        && (summary.Kind != ConversationKind.Public || summary.LastReadSequence > 0);

    private static UnreadPlace PlaceOf(UserId user, ConversationSummary summary) =>
        new(summary.Id, user, PositionOf(summary), summary.LastEntry!.Sequence);

    private static long PositionOf(ConversationSummary summary) =>
        Math.Min(summary.UnreadFrom ?? long.MaxValue, summary.LastReadSequence);
}
