using System.Runtime.CompilerServices;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Chat.Server.Safety.Reports.Store;
using Chat.Server.Safety.Store;
using Chat.Server.Transfer.Lines;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Transfer.Store;

/// <summary>Reads all lines of a user's export but the trailer, in short steps, while servers run. Failures are
/// <see cref="StoreException"/>.</summary>
/// <remarks>A message has no index by its sender, which every send would pay for: all logs are looked through
/// once.</remarks>
internal sealed class UserExportStore(ChatDatabase database, TimeProvider time)
{
    /// <summary>Rows of the log that a query looks at, and takes, at most.</summary>
    private const int Window = 50_000, Page = 200;

    /// <summary>Conversations whose reactions, follows and mentions a query looks through.</summary>
    private const int Together = 100;

    public async IAsyncEnumerable<TransferLine> ReadAsync(UserKey user, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return await HeaderAsync(user, ct);
        var known = await database.RunAsync(db => db.Users.AsNoTracking()
            .FirstOrDefaultAsync(u => u.Tenant == user.Tenant && u.UserId == user.Id, ct), ct);
        if (known is not null) yield return known.ToLine();
        var conversations = await TakenPartInAsync(user, ct);
        await foreach (var row in EntriesAsync(user, ct))
        {
            conversations.Add(row.ConversationId);
            yield return row.ToLine();
        }
        await foreach (var id in LeftTraceInAsync(user, ct)) conversations.Add(id);
        foreach (var id in conversations)
            foreach (var line in await database.RunAsync(db => PartsAsync(db, id, user.Id, ct), ct)) yield return line;
        foreach (var line in await database.RunAsync(db => StateAsync(db, user, ct), ct)) yield return line;
    }

    private Task<HeaderLine> HeaderAsync(UserKey user, CancellationToken ct) => database.RunAsync(async db =>
    {
        var deployment = await db.Set<DeploymentRow>().AsNoTracking().SingleAsync(ct);
        return new HeaderLine
        {
            Format = HeaderLine.UserFormatName, Version = HeaderLine.CurrentVersion, Id = Guid.NewGuid(),
            CreatedAt = Microseconds.Truncate(time.GetUtcNow()), Generation = deployment.Generation,
            Level = deployment.Requires, Tenant = user.Tenant.Name, UserId = user.Id,
        };
    }, ct);

    private Task<HashSet<ConversationId>> TakenPartInAsync(UserKey user, CancellationToken ct) => database.RunAsync(
        async db => (await db.Participants.Where(p => p.Tenant == user.Tenant && p.UserId == user.Id)
            .Select(p => p.ConversationId).ToListAsync(ct)).ToHashSet(), ct);

    /// <summary>What the user wrote or did, in the order in which it was stored.</summary>
    private async IAsyncEnumerable<MessageRow> EntriesAsync(
        UserKey user, [EnumeratorCancellation] CancellationToken ct)
    {
        var end = await database.RunAsync(db => db.Messages.MaxAsync(m => (long?)m.Id, ct), ct) ?? 0;
        for (var at = 0L; at < end;)
        {
            var (after, upTo) = (at, Math.Min(end, at + Window));
            var page = await database.RunAsync(db =>
                (from m in db.Messages.AsNoTracking()
                 join c in db.Conversations on m.ConversationId equals c.Id
                 where m.Id > after && m.Id <= upTo && m.SenderId == user.Id && c.Tenant == user.Tenant
                 orderby m.Id
                 select m).Take(Page).ToListAsync(ct), ct);
            foreach (var row in page) yield return row;
            at = page.Count == Page ? page[^1].Id : upTo;
        }
    }

    /// <summary>Where the user has put reactions, follows threads or is mentioned, perhaps without having written there
    /// or taking part now.</summary>
    private async IAsyncEnumerable<ConversationId> LeftTraceInAsync(
        UserKey user, [EnumeratorCancellation] CancellationToken ct)
    {
        for (ConversationId? last = null; ;)
        {
            var after = last;
            var (page, found) = await database.RunAsync(async db =>
            {
                var rest = db.Conversations.Where(c => c.Tenant == user.Tenant);
                if (after is { } known) rest = rest.Where(c => c.Id.CompareTo(known) > 0);
                var ids = await rest.OrderBy(c => c.Id).Select(c => c.Id).Take(Together).ToListAsync(ct);
                var traces = db.Set<ReactionRow>().Where(r => ids.Contains(r.ConversationId) && r.UserId == user.Id)
                    .Select(r => r.ConversationId)
                    .Union(db.Set<ThreadFollowRow>().Where(f => ids.Contains(f.ConversationId) && f.UserId == user.Id)
                        .Select(f => f.ConversationId))
                    .Union(db.Set<MentionRow>().Where(m => ids.Contains(m.ConversationId) && m.UserId == user.Id)
                        .Select(m => m.ConversationId));
                return (ids, await traces.ToListAsync(ct));
            }, ct);
            foreach (var id in found) yield return id;
            if (page.Count < Together) yield break;
            last = page[^1];
        }
    }

    private static async Task<List<TransferLine>> PartsAsync(
        ChatDbContext db, ConversationId id, UserId user, CancellationToken ct)
    {
        var lines = new List<TransferLine>();
        if (await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct) is not { } row) return lines;
        lines.Add(row.ToLine());
        if (await db.Participants.AsNoTracking().FirstOrDefaultAsync(
                p => p.ConversationId == id && p.UserId == user, ct) is { } own)
            lines.Add(own.ToLine());
        lines.AddRange((await db.Set<ReactionRow>().AsNoTracking()
            .Where(r => r.ConversationId == id && r.UserId == user
                && !ReactionStore.WithLeft(db).Any(s => s.ConversationId == id && s.Sequence == r.TargetSequence))
            .OrderBy(r => r.TargetSequence).ToListAsync(ct)).Select(r => r.ToLine()));
        lines.AddRange((await db.Set<ThreadFollowRow>().AsNoTracking()
            .Where(f => f.ConversationId == id && f.UserId == user).OrderBy(f => f.Thread).ToListAsync(ct))
            .Select(f => f.ToLine()));
        lines.AddRange((await db.Set<MentionRow>().AsNoTracking()
            .Where(m => m.ConversationId == id && m.UserId == user).OrderBy(m => m.Sequence).ToListAsync(ct))
            .Select(m => m.ToLine()));
        return lines;
    }

    /// <summary>Whom the user blocked, not who blocked the user; what the user reported, not who reported the
    /// user.</summary>
    private static async Task<List<TransferLine>> StateAsync(ChatDbContext db, UserKey user, CancellationToken ct)
    {
        var blocks = await db.Set<BlockRow>().AsNoTracking()
            .Where(b => b.Tenant == user.Tenant && b.UserId == user.Id && b.Blocks).OrderBy(b => b.OtherId)
            .ToListAsync(ct);
        var reports = await db.Set<ReportRow>().AsNoTracking()
            .Where(r => r.Tenant == user.Tenant && r.ReporterId == user.Id).OrderBy(r => r.Number).ToListAsync(ct);
        return
        [
            .. blocks.Select(b => b.ToLine() with { IsBlocked = false }),
            .. reports.Select(r => r.ToLine()),
        ];
    }
}
