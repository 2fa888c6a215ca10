using Chat.Contracts.Events;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Views;

/// <summary>A user's reactions that wait, over the counts that the log told.</summary>
internal static class PendingReactions
{
    /// <summary>The counts as they will be, in the order of entries.</summary>
    /// <param name="counts">As they were told.</param>
    /// <param name="mine">The user's own reactions that are counted there.</param>
    /// <param name="wanted">Those that the user is to have.</param>
    public static IReadOnlyList<ReactionCount> Over(
        IReadOnlyList<ReactionCount> counts, IReadOnlyList<string> mine, IReadOnlyList<string> wanted)
    {
        var all = counts.ToDictionary(one => one.Key, one => one.Count, StringComparer.Ordinal);
        foreach (var key in wanted.Except(mine, StringComparer.Ordinal)) all[key] = all.GetValueOrDefault(key) + 1;
        foreach (var key in mine.Except(wanted, StringComparer.Ordinal))
            if (all.TryGetValue(key, out var count)) all[key] = count - 1;
        List<ReactionCount> result =
            [.. all.Where(one => one.Value > 0).Select(one => new ReactionCount(one.Key, one.Value))];
        result.Sort(static (one, other) => one.Count == other.Count
            ? ReactionRules.Compare(one.Key, other.Key)
            : other.Count.CompareTo(one.Count));
        return result;
    }
}
