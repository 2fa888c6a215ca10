using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Safety.Store;

/// <summary>Who has blocked whom. Failures are <see cref="StoreException"/>.</summary>
internal sealed class BlockStore(ChatDatabase database, TimeProvider time)
{
    /// <summary>So many rows one query reads at most.</summary>
    private const int RowsPerQuery = 2 * BlockSet.Most;

    /// <summary>How long a row that says nothing any more is kept.</summary>
    private static readonly TimeSpan KeepUndone = TimeSpan.FromDays(1);

    /// <summary>Blocks, or ends that.</summary>
    /// <param name="user">Who.</param>
    /// <param name="other">Whom, of the same tenant; there need not be such a user.</param>
    /// <param name="blocks">False: no longer.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <returns>Whether it is done (false: there are too many), and the direct conversation of the two, if there is
    /// one.</returns>
    public Task<(bool IsDone, ConversationId? Direct)> SetAsync(
        UserKey user, UserId other, bool blocks, CancellationToken ct) => database.ChangeUntilKnownAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // The rows first and the conversation last: who appends locks the conversation, and only reads these.
            var mine = RowsOf(db, user);
            if (blocks
                && await mine.CountAsync(b => b.Blocks && b.OtherId != other, ct) >= ChatLimits.BlocksPerUser)
                return (false, null);
            await SetRowsAsync(db, user, other, blocks, ct);
            var direct = await MarkDirectAsync(db, user, other, ct);
            if (blocks)
                await DeploymentLevel.RequireAsync(db, Deployment.LevelOfRights, ct);
            await transaction.CommitAsync(ct);
            return (true, direct);
        }, ct);

    /// <summary>Whom the user has blocked, in the order of their ids.</summary>
    public Task<List<UserId>> ListAsync(UserKey user, CancellationToken ct) => database.RunAsync(
        db => RowsOf(db, user).Where(b => b.Blocks).OrderBy(b => b.OtherId).Select(b => b.OtherId).ToListAsync(ct),
        ct);

    /// <summary>With whom each of these users has nothing to do; those are left out who have to do with
    /// everybody.</summary>
    public async Task<Dictionary<UserKey, BlockSet>> FindAsync(
        IReadOnlyCollection<UserKey> users, CancellationToken ct)
    {
        var found = new Dictionary<UserKey, BlockSet>();
        foreach (var tenant in users.GroupBy(user => user.Tenant))
        {
            var ids = tenant.Select(user => user.Id).ToList();
            var pairs = await ReadAsync(tenant.Key, ids, RowsPerQuery + 1, ct);
            // Somebody has very many: then each is asked about alone.
            if (pairs.Count > RowsPerQuery)
            {
                pairs = [];
                foreach (var id in ids) pairs.AddRange(await ReadAsync(tenant.Key, [id], BlockSet.Most + 1, ct));
            }
            foreach (var of in pairs.GroupBy(pair => pair.User))
                found.Add(new UserKey(tenant.Key, of.Key), BlockSet.Of(of.Select(pair => pair.Other)));
        }
        return found;
    }

    /// <summary>Users for whom something has changed since then.</summary>
    /// <returns>Who, when the last of it was, and whether there may be more than one query reads.</returns>
    public async Task<(HashSet<UserKey> Users, DateTimeOffset? Last, bool HasMore)> FindChangedAsync(
        DateTimeOffset since, CancellationToken ct)
    {
        var rows = await database.RunAsync(
            db => db.Set<BlockRow>().AsNoTracking().Where(b => b.ChangedAt > since).OrderBy(b => b.ChangedAt)
                .Take(RowsPerQuery).Select(b => new { b.Tenant, b.UserId, b.ChangedAt }).ToListAsync(ct), ct);
        return ([.. rows.Select(row => new UserKey(row.Tenant, row.UserId))],
            rows.Count == 0 ? null : rows[^1].ChangedAt, rows.Count == RowsPerQuery);
    }

    private static IQueryable<BlockRow> RowsOf(ChatDbContext db, UserKey user) =>
        db.Set<BlockRow>().Where(b => b.Tenant == user.Tenant && b.UserId == user.Id);

    private async Task SetRowsAsync(ChatDbContext db, UserKey user, UserId other, bool blocks, CancellationToken ct)
    {
        var now = Microseconds.Truncate(time.GetUtcNow());
        while (true)
        {
            var own = await FindOrAddAsync(db, user, other, now, ct);
            var theirs = await FindOrAddAsync(db, user with { Id = other }, user.Id, now, ct);
            if (own.Blocks != blocks || theirs.IsBlocked != blocks) own.ChangedAt = theirs.ChangedAt = now;
            own.Blocks = theirs.IsBlocked = blocks;
            if (await ChatDatabase.TrySaveAsync(db, ct)) break; // else both blocked each other at this moment
        }
        var old = now - KeepUndone;
        await RowsOf(db, user).Where(b => !b.Blocks && !b.IsBlocked && b.ChangedAt < old).ExecuteDeleteAsync(ct);
    }

    private static async Task<BlockRow> FindOrAddAsync(
        ChatDbContext db, UserKey user, UserId other, DateTimeOffset now, CancellationToken ct)
    {
        if (await RowsOf(db, user).FirstOrDefaultAsync(b => b.OtherId == other, ct) is { } row) return row;
        row = new BlockRow { Tenant = user.Tenant, UserId = user.Id, OtherId = other, ChangedAt = now };
        db.Add(row);
        return row;
    }

    /// <summary>A sender whose right to write in the direct conversation was read before this has it checked again by
    /// the statement that stores the message.</summary>
    private static async Task<ConversationId?> MarkDirectAsync(
        ChatDbContext db, UserKey user, UserId other, CancellationToken ct)
    {
        var key = DirectKey.Of(user.Tenant, [user.Id, other]);
        var direct = db.Conversations.Where(c => c.DirectKey == key);
        await direct.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.RemovedSequence, c => c.LastSequence + 1), ct);
        return await direct.Select(c => (ConversationId?)c.Id).FirstOrDefaultAsync(ct);
    }

    private Task<List<(UserId User, UserId Other)>> ReadAsync(
        Tenant tenant, List<UserId> users, int most, CancellationToken ct) => database.RunAsync(
        async db => (await db.Set<BlockRow>().AsNoTracking()
                .Where(b => b.Tenant == tenant && users.Contains(b.UserId) && (b.Blocks || b.IsBlocked))
                .OrderBy(b => b.UserId).Take(most).Select(b => new { b.UserId, b.OtherId }).ToListAsync(ct))
            .ConvertAll(b => (b.UserId, b.OtherId)), ct);
}
