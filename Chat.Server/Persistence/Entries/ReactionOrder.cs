using Chat.Contracts.Events;
using Chat.Contracts.Rules;

namespace Chat.Server.Persistence.Entries;

/// <summary>The order in which the reactions to a message are counted up: the most frequent first.</summary>
internal static class ReactionOrder
{
    private static readonly Comparer<string> ByBytes = Comparer<string>.Create(ReactionRules.Compare);

    public static IOrderedEnumerable<ReactionCount> InOrder(this IEnumerable<ReactionCount> counts) =>
        counts.OrderByDescending(one => one.Count).ThenBy(one => one.Key, ByBytes);
}
