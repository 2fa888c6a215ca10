using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>Who has put which reactions to the messages of a conversation.</summary>
internal sealed class InMemoryReactions
{
    private static readonly Comparer<string> ByBytes = Comparer<string>.Create(ReactionRules.Compare);

    private readonly Dictionary<long, SortedDictionary<UserId, IReadOnlyList<string>>> _sets = [];

    public IReadOnlyList<ReactionCount> Counts(long message) =>
    [
        .. SetsOf(message).SelectMany(set => set.Value).GroupBy(key => key, StringComparer.Ordinal)
            .Select(same => new ReactionCount(same.Key, same.Count()))
            .OrderByDescending(one => one.Count).ThenBy(one => one.Key, ByBytes),
    ];

    public IReadOnlyList<string> Of(long message, UserId user) => SetsOf(message).GetValueOrDefault(user, []);

    public IReadOnlyDictionary<UserId, IReadOnlyList<string>> SetsOf(long message) =>
        _sets.GetValueOrDefault(message) ?? [];

    /// <summary>False, and nothing is changed, where the message would have too many.</summary>
    public bool TrySet(long message, UserId user, IReadOnlyList<string> keys)
    {
        var before = Of(message, user);
        Put(message, user, keys);
        if (Counts(message).Count <= ChatLimits.ReactionsPerMessage) return true;
        Put(message, user, before);
        return false;
    }

    public void Drop(long message) => _sets.Remove(message);

    /// <summary>Messages whose content is gone have none.</summary>
    public void DropErased(IReadOnlyList<ConversationEntry> log)
    {
        foreach (var entry in log)
            if (entry is MessageEntry { Erased: true }) Drop(entry.Sequence);
    }

    /// <summary>From a log in which each change is named.</summary>
    public void Rebuild(IReadOnlyList<ConversationEntry> log)
    {
        _sets.Clear();
        foreach (var told in log.OfType<ReactionsChangedEntry>())
            foreach (var (user, keys) in told.Changes ?? []) Put(told.TargetSequence, user, keys);
        DropErased(log);
    }

    private void Put(long message, UserId user, IReadOnlyList<string> keys)
    {
        if (!_sets.TryGetValue(message, out var sets)) _sets.Add(message, sets = []);
        if (keys.Count == 0) sets.Remove(user);
        else sets[user] = keys;
    }
}
