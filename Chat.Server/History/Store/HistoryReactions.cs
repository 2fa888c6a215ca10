using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.History.Store;

/// <summary>Who has put which reactions, as the entries of a history say it. Totals are counted when all of it is
/// there.</summary>
internal static class HistoryReactions
{
    /// <summary>Sets what entries change, each user's whole set.</summary>
    /// <param name="db">Has the transaction; the caller saves.</param>
    /// <param name="conversation">Whose entries they are.</param>
    /// <param name="entries">In their order, behind those that were stored before.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="ChatException">A message would have too many different ones.</exception>
    public static async Task SetAsync(
        ChatDbContext db, ConversationId conversation, IReadOnlyList<HistoryEntry> entries, CancellationToken ct)
    {
        foreach (var about in entries.Where(one => one.Content.Kind == EntryKind.ReactionsChanged)
            .GroupBy(one => one.Content.TargetSequence ?? 0))
        {
            var set = db.Set<ReactionRow>();
            var rows = await set.Where(r => r.ConversationId == conversation && r.TargetSequence == about.Key)
                .ToDictionaryAsync(r => r.UserId, ct);
            foreach (var one in about)
            {
                // Nobody has any more, named or not.
                if (one.Content.Payload?.Counts is { Count: 0 })
                    foreach (var known in rows.Values) known.Keys = [];
                foreach (var (user, keys) in one.Reactions)
                    if (rows.TryGetValue(user, out var row)) row.Keys = [.. keys];
                    else
                        set.Add(rows[user] = new ReactionRow
                        {
                            ConversationId = conversation, TargetSequence = about.Key, UserId = user,
                            Keys = [.. keys],
                        });
            }
            if (rows.Values.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal).Count()
                > ChatLimits.ReactionsPerMessage)
                throw HistoryTrack.Wrong(conversation, about.Last().Header.Sequence,
                    ReactionRules.TooMany().ToText(), stored: entries[0].Header.Sequence - 1);
            set.RemoveRange(rows.Values.Where(row => row.Keys.Length == 0));
        }
    }
}
