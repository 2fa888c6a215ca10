using System.Text;
using Chat.Contracts.Events;
using Chat.Contracts.Protocol;

namespace Chat.Server.Persistence.Entries;

/// <summary>Whether an entry says whose reactions have changed.</summary>
internal static class NamedReactions
{
    /// <summary>Where an entry has the reactions of several users, bytes of these and the counts: so that with five
    /// reactions it stays within 512 on the wire, and is shorter still where nobody is named.</summary>
    public const int Bytes = 200;

    // Of JSON around a count and around a user: no more than the database counts.
    private const int OfCount = 20, OfUser = 22, OfKey = 3;

    /// <summary>The changes as an entry has them; null: they are too many to be named.</summary>
    public static IReadOnlyList<ReactionChange>? Of(
        IReadOnlyList<ReactionCount> counts, IReadOnlyList<ReactionChange>? changes) =>
        changes is null || changes.Count > ChatLimits.ReactionChanges
            || (changes.Count > 1 && counts.Sum(BytesOf) + changes.Sum(BytesOf) > Bytes)
                ? null
                : changes;

    private static int BytesOf(ReactionCount one) => OfCount + Encoding.UTF8.GetByteCount(one.Key);

    private static int BytesOf(ReactionChange one) => OfUser + Encoding.UTF8.GetByteCount(one.UserId.Value)
        + one.Keys.Sum(key => OfKey + Encoding.UTF8.GetByteCount(key));
}
