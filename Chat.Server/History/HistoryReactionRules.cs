using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Core;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.History;

/// <summary>What entries about reactions must be. They may name more users than such an entry is stored with: who has
/// put what is then known all the same.</summary>
internal static class HistoryReactionRules
{
    /// <summary>The entry as it is stored.</summary>
    /// <param name="told">The entry.</param>
    /// <param name="target">Its message, which is there.</param>
    /// <param name="changes">Whose reactions are others than before, and all that these users have now.</param>
    /// <exception cref="ChatException">It is not as allowed.</exception>
    public static EntryContent ContentOf(
        ReactionsChangedEntry told, long target, out IReadOnlyList<ReactionChange> changes)
    {
        var counts = told.Counts ?? [];
        if (counts.Count > ChatLimits.ReactionsPerMessage) throw new ChatException(ReactionRules.TooMany());
        foreach (var one in counts) ChatException.ThrowIf(ReactionRules.Check(target, one?.Key ?? ""));
        if (counts.Any(one => one.Count < 1) || counts.DistinctBy(one => one.Key).Count() < counts.Count)
            throw new ChatException(
                new RuleViolation(ChatField.Keys, $"counts must have each key once, with at least 1"));
        changes = ChangesOf(told);
        return EntryContent.ReactionsChanged(
            target, [.. counts.InOrder()], NamedReactions.Of(counts, told.Changes is null ? null : changes));
    }

    private static List<ReactionChange> ChangesOf(ReactionsChangedEntry told)
    {
        var changes = new List<ReactionChange>();
        foreach (var one in told.Changes ?? [])
        {
            if (one is null || one.UserId == default)
                throw new ChatException(new RuleViolation(ChatField.Keys, $"each of changes must name a user"));
            ChatException.ThrowIf(ReactionRules.Check(told.TargetSequence, one.Keys, out var keys));
            changes.Add(new ReactionChange(one.UserId, keys));
        }
        return changes;
    }
}
