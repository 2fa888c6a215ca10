using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Who has put which reactions to a message, and what is still to be told; they are set where drafts are
/// stored. Failures are <see cref="StoreException"/>.</summary>
internal sealed class ReactionStore(ChatDatabase database)
{
    /// <summary>Of one message, reactions of so many users are dropped at once.</summary>
    public const int DroppedAtOnce = 2_000;

    /// <summary>Rows that are looked at for one page of users with one reaction: it may be rare.</summary>
    private const int LookedAt = 5_000;

    /// <summary>A page of users; null: there is no such message.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="target">The message.</param>
    /// <param name="key">Only users with this reaction; null: all.</param>
    /// <param name="after">Only users after this one.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<ReactionsPage?> ListAsync(
        ConversationId conversation, long target, string? key, UserId? after, CancellationToken ct) =>
        database.RunAsync(async db =>
        {
            if (!await db.Messages.AnyAsync(m => m.ConversationId == conversation && m.Sequence == target
                && m.Kind == EntryKind.Message, ct)) return null;
            if (await WithLeft(db).AnyAsync(s => s.ConversationId == conversation && s.Sequence == target, ct))
                return new ReactionsPage { Counts = [], Users = [] };
            var totals = await db.Set<ReactionTotalRow>().AsNoTracking()
                .Where(t => t.ConversationId == conversation && t.TargetSequence == target).ToListAsync(ct);
            var rows = await ReadAsync(db.Set<ReactionRow>().AsNoTracking()
                .Where(r => r.ConversationId == conversation && r.TargetSequence == target), key, after, ct);
            return new ReactionsPage
            {
                Counts = [.. totals.Select(t => new ReactionCount(t.Key, t.N)).InOrder()],
                Users = [.. rows.Found.Select(r => new ReactionChange(r.UserId, r.Keys))], Next = rows.Next,
            };
        }, ct);

    /// <summary>What has been untold since before a time, the oldest first.</summary>
    public Task<List<ReactionMark>> UntoldAsync(DateTimeOffset before, int most, CancellationToken ct) =>
        database.RunAsync(async db =>
        {
            var states = await db.Set<MessageStateRow>().AsNoTracking()
                .Where(s => s.UntoldSince < before && s.ReactionsSequence != null)
                .OrderBy(s => s.UntoldSince).Take(most)
                .Join(db.Messages, s => new { s.ConversationId, Sequence = s.ReactionsSequence!.Value },
                    m => new { m.ConversationId, m.Sequence },
                    (s, m) => new { s.ConversationId, s.Sequence, Told = m.Sequence, m.SenderId })
                .ToListAsync(ct);
            return states.ConvertAll(s =>
                new ReactionMark(s.ConversationId, s.Sequence, s.Told, s.SenderId, before));
        }, ct);

    /// <summary>Messages that are deleted or erased, with some of their reactions still there: nobody is shown
    /// these.</summary>
    /// <remarks><see cref="ErasureSql.HasLeft"/>.</remarks>
    public static IQueryable<MessageStateRow> WithLeft(ChatDbContext db) =>
        db.Set<MessageStateRow>().AsNoTracking().Where(s => s.UntoldSince != null && s.ReactionsSequence == null);

    /// <summary>Drops some of what deletions and erasures have left of the reactions to a message.</summary>
    /// <returns>False: nothing is left.</returns>
    public Task<bool> DropAsync(CancellationToken ct) => database.ChangeAsync(async db =>
    {
        var left = await WithLeft(db).OrderBy(s => s.UntoldSince).Take(1).ToListAsync(ct);
        if (left is not [var state]) return false;
        var rows = db.Set<ReactionRow>()
            .Where(r => r.ConversationId == state.ConversationId && r.TargetSequence == state.Sequence);
        var last = await rows.OrderBy(r => r.UserId).Skip(DroppedAtOnce - 1).Take(1).Select(r => r.UserId)
            .ToListAsync(ct);
        if (last is [var upTo]) return await rows.Where(r => r.UserId.CompareTo(upTo) <= 0).ExecuteDeleteAsync(ct) > 0;
        await rows.ExecuteDeleteAsync(ct);
        await WithLeft(db).Where(s => s.ConversationId == state.ConversationId && s.Sequence == state.Sequence)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.UntoldSince, (DateTimeOffset?)null), ct);
        return true;
    }, ct);

    private static async Task<(List<ReactionRow> Found, UserId? Next)> ReadAsync(
        IQueryable<ReactionRow> all, string? key, UserId? after, CancellationToken ct)
    {
        var found = new List<ReactionRow>();
        var size = key is null ? ChatLimits.ReactionsPage + 1 : LookedAt / 5;
        for (var looked = 0; looked < LookedAt;)
        {
            var some = (after is { } last ? all.Where(r => r.UserId.CompareTo(last) > 0) : all).OrderBy(r => r.UserId);
            var rows = await some.Take(size).ToListAsync(ct);
            looked += rows.Count;
            foreach (var row in rows)
            {
                if (found.Count == ChatLimits.ReactionsPage) return (found, found[^1].UserId);
                if (key is null || row.Keys.Contains(key)) found.Add(row);
                after = row.UserId;
            }
            if (rows.Count < size) return (found, null);
        }
        return (found, after);
    }
}
