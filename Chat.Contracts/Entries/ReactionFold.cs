using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Entries;

/// <summary>What entries make of the reactions to a message: pure functions for everybody who shows them. Entries are
/// given in the order of the log, behind the head of the page that the reactions came with.</summary>
public static class ReactionFold
{
    /// <summary>How many users have put which reactions, after an entry.</summary>
    /// <param name="counts">Before it.</param>
    /// <param name="change">An entry about the message; one that is about something else changes nothing.</param>
    public static IReadOnlyList<ReactionCount> Counts(
        IReadOnlyList<ReactionCount> counts, ConversationEntry? change) => change switch
    {
        ReactionsChangedEntry { Erased: false } told => told.Counts,
        ReactionsChangedEntry or MessageDeletedEntry => [],
        _ => counts,
    };

    /// <summary>A user's own reactions after an entry. Where it names nobody they stay as they are: they are told by
    /// receipts and by <see cref="Protocol.IChatClient.OwnReactionsChanged"/>.</summary>
    /// <param name="mine">Before it.</param>
    /// <param name="change">An entry about the message; one that is about something else changes nothing.</param>
    /// <param name="user">Whose.</param>
    public static IReadOnlyList<string> Own(IReadOnlyList<string> mine, ConversationEntry? change, UserId user) =>
        change switch
        {
            ReactionsChangedEntry { Changes: { } changes } =>
                changes.FirstOrDefault(one => one.UserId == user)?.Keys ?? mine,
            MessageDeletedEntry => [],
            _ => mine,
        };
}
