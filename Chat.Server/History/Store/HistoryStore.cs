using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Chat.Server.Tasks.Store;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.History.Store;

/// <summary>Stores histories of new conversations, beside everybody else who writes. Nobody takes part in one until all
/// of it is there. Failures are <see cref="StoreException"/>.</summary>
/// <remarks>How far one is stands in the database: what was broken off goes on there.</remarks>
internal sealed class HistoryStore(ChatDatabase database, DatabaseSettings settings, StateRebuild rebuild)
{
    /// <summary>Stores what of the batch is not there yet.</summary>
    /// <returns>How many entries that were; null: the whole conversation was imported before.</returns>
    /// <exception cref="ChatException">The conversation is another one.</exception>
    public async Task<int?> WriteAsync(HistoryBatch batch, CancellationToken ct)
    {
        var committing = 0; // what the attempt before was about to commit: where it is there now, it did
        try
        {
            return await database.ChangeUntilKnownAsync(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                var fresh = await WriteAsync(db, batch, ct);
                if (fresh is not > 0) return fresh is null ? null : committing;
                committing = fresh.Value;
                await transaction.CommitAsync(ct);
                return fresh;
            }, ct);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Rejected)
        {
            var first = batch.Entries[0].Header.Sequence;
            throw HistoryTrack.InTheMiddle($"entries {first} to {batch.End.Last} of {batch.Track.Id}: the database "
                + "refuses one; no two messages of a sender may have the same dedupe key", first - 1);
        }
    }

    /// <summary>Makes what its entries come to, and has its users take part.</summary>
    /// <returns>False: they did before.</returns>
    /// <exception cref="ChatException">It goes on behind what was given.</exception>
    public Task<bool> EndAsync(HistoryTrack track, CancellationToken ct)
    {
        var isCommitting = false; // then an attempt that finds it whole made it so itself
        return database.ChangeUntilKnownAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var row = await LockAsync(db, track.Id, ct);
            if (await FindCursorAsync(db, track.Id, ct) is not { } at || row is null) return isCommitting;
            if (at != track.End.Last)
                throw ChatException.BadRequest($"the history of {track.Id} that was begun has {at} entries, and this "
                    + $"one {track.End.Last}");
            CheckUntouched(row, at);
            if (track.HasReferences) await rebuild.RunAsync(db, track.Id, mentions: true, follows: true, ct);
            db.AddRange(track.People.ToRows(track.Id, track.Tenant, at));
            await db.SaveChangesAsync(ct);
            await SetAsync(db, track, ct);
            await CursorOf(db, track.Id).ExecuteDeleteAsync(ct);
            isCommitting = true;
            await transaction.CommitAsync(ct);
            return true;
        }, ct);
    }

    private static string CursorNameOf(ConversationId id) => $"history/{id.Value:N}";

    private static IQueryable<JobCursorRow> CursorOf(ChatDbContext db, ConversationId id)
    {
        var name = CursorNameOf(id);
        return db.Set<JobCursorRow>().Where(c => c.Name == name);
    }

    private async Task<int?> WriteAsync(ChatDbContext db, HistoryBatch batch, CancellationToken ct)
    {
        var track = batch.Track;
        // The conversation's lock, then the numbers of rows: observers rely on it.
        var row = await LockAsync(db, track.Id, ct) ?? await AddAsync(db, batch, ct);
        if (row.Tenant != track.Tenant || row.Kind != track.Kind) throw There(track.Id);
        var cursor = await FindCursorAsync(db, track.Id, ct);
        var known = cursor ?? row.LastSequence;
        await CheckSameAsync(db, batch, known, ct);
        if (cursor is null) return batch.End.Last <= known ? null : throw There(track.Id);
        CheckUntouched(row, known);
        var fresh = batch.Entries.Where(one => one.Header.Sequence > known).ToList();
        if (fresh.Count == 0) return 0;
        db.AddRange(fresh.Select(one => MessageRow.From(one.Header, one.Content, one.ShownBefore)));
        await HistoryReactions.SetAsync(db, track.Id, fresh, ct);
        await db.SaveChangesAsync(ct);
        await db.MoveEndAsync(track.Id, batch.End, ct);
        await CursorOf(db, track.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Position, batch.End.Last), ct);
        return fresh.Count;
    }

    private async Task<ConversationRow?> LockAsync(ChatDbContext db, ConversationId id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync(ErasureStore.Lock, [settings.KeyOf(id)], ct);
        return await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct);
    }

    private static async Task<ConversationRow> AddAsync(ChatDbContext db, HistoryBatch batch, CancellationToken ct)
    {
        var track = batch.Track;
        if (batch.Entries[0].Header.Sequence != 1) throw There(track.Id); // never: it was there with those before
        var key = track.Kind == ConversationKind.Direct ? DirectKey.Of(track.Tenant, track.People.All) : null;
        if (key is not null && await db.Conversations.Where(c => c.DirectKey == key).Select(c => (ConversationId?)c.Id)
                .FirstOrDefaultAsync(ct) is { } other)
            throw ChatException.BadRequest($"the two users of {track.Id} have a direct conversation already: {other}");
        if (batch.Level is { } level)
            await db.Set<DeploymentRow>().Where(d => d.Requires < level)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.Requires, level), ct);
        var at = batch.Entries[0].Header.CreatedAt;
        var row = new ConversationRow
        {
            Id = track.Id, Tenant = track.Tenant, Kind = track.Kind, DirectKey = key, CreatedAt = at, ListedAt = at,
        };
        db.Add(row);
        db.Add(new JobCursorRow { Name = CursorNameOf(track.Id), Position = 0 });
        await db.SaveChangesAsync(ct);
        return row;
    }

    private static async Task CheckSameAsync(ChatDbContext db, HistoryBatch batch, long known, CancellationToken ct)
    {
        var (id, first) = (batch.Track.Id, batch.Entries[0].Header.Sequence);
        if (first > known) return;
        var upTo = Math.Min(known, batch.End.Last);
        var stored = await db.Messages.Where(m => m.ConversationId == id && m.Sequence >= first && m.Sequence <= upTo)
            .OrderBy(m => m.Sequence).Select(m => m.MessageId).ToListAsync(ct);
        if (!stored.SequenceEqual(batch.Entries.Take(stored.Count).Select(one => one.Header.Id))) throw There(id);
    }

    private static void CheckUntouched(ConversationRow row, long at)
    {
        if (row.LastSequence != at)
            throw ChatException.BadRequest($"the application has written to {row.Id} before all of its history was "
                + "there: it cannot be finished; give it as another conversation, with new ids of its entries");
    }

    private static ChatException There(ConversationId id) =>
        ChatException.BadRequest($"there is a conversation {id} already, with other entries");

    private static Task SetAsync(ChatDbContext db, HistoryTrack track, CancellationToken ct)
    {
        var now = track.People.Settings;
        return db.Conversations.Where(c => c.Id == track.Id).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Title, NullIfEmpty(now.Title)).SetProperty(c => c.Topic, NullIfEmpty(now.Topic))
            .SetProperty(c => c.AvatarUrl, NullIfEmpty(now.AvatarUrl))
            .SetProperty(c => c.IsArchived, now.IsArchived ?? false)
            .SetProperty(c => c.SlowModeSeconds, now.SlowModeSeconds ?? 0)
            .SetProperty(c => c.RemovedSequence, track.Removed), ct);
    }

    private static Task<long?> FindCursorAsync(ChatDbContext db, ConversationId id, CancellationToken ct) =>
        CursorOf(db, id).Select(c => (long?)c.Position).FirstOrDefaultAsync(ct);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
