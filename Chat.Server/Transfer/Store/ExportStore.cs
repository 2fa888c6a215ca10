using System.Data;
using System.Runtime.CompilerServices;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Chat.Server.Revocations.Store;
using Chat.Server.Safety.Reports.Store;
using Chat.Server.Safety.Store;
using Chat.Server.Transfer.Lines;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Transfer.Store;

/// <summary>Reads all lines of an export but the trailer in one snapshot, row by row: what it holds does not depend on
/// how much there is.</summary>
internal sealed class ExportStore(
    IDbContextFactory<ChatDbContext> contexts, DatabaseSettings settings, TimeProvider time)
{
    /// <summary>Conversations that are looked up at once.</summary>
    private const int Page = 500;

    private const string NextOfAll = "select * from conversations where id > {0} order by id limit {1}";

    private const string NextOfTenant =
        "select * from conversations where id > {0} and tenant = {2} order by id limit {1}";

    /// <summary>A log is read in its order, from its index, however large a part of the table it is.</summary>
    private const string PostgresReads =
        "set transaction read only; set local enable_seqscan = off; set local enable_bitmapscan = off";

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(10); // of the first row of one query

    public async IAsyncEnumerable<TransferLine> ReadAsync(
        ExportFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(Bound);
        await db.Database.OpenConnectionAsync(ct);
        var at = Microseconds.Truncate(time.GetUtcNow()); // before the snapshot: what was acknowledged is in it
        await using var snapshot = await BeginAsync(db, ct);
        yield return await HeaderAsync(db, filter, at, ct);
        await foreach (var conversation in ConversationsAsync(db, filter, ct))
        {
            yield return conversation.ToLine();
            await foreach (var line in PartsAsync(db, conversation.Id, ct)) yield return line;
        }
        await foreach (var line in UsersAsync(db, filter, ct)) yield return line;
        if (filter.Conversations is not null) yield break;
        await foreach (var line in StateAsync(db, filter.Tenant, ct)) yield return line;
    }

    private static async Task<IAsyncDisposable> BeginAsync(ChatDbContext db, CancellationToken ct)
    {
        if (db.Database.GetDbConnection() is not SqliteConnection sqlite)
        {
            var begun = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            await db.Database.ExecuteSqlRawAsync(PostgresReads, ct);
            return begun;
        }
        var transaction = sqlite.BeginTransaction(deferred: true); // takes no lock: the server writes meanwhile
        await db.Database.UseTransactionAsync(transaction, ct);
        return transaction;
    }

    private static async Task<HeaderLine> HeaderAsync(
        ChatDbContext db, ExportFilter filter, DateTimeOffset at, CancellationToken ct)
    {
        var deployment = await db.Set<DeploymentRow>().AsNoTracking().SingleAsync(ct);
        return new HeaderLine
        {
            Format = HeaderLine.FormatName, Version = HeaderLine.CurrentVersion, Id = Guid.NewGuid(), CreatedAt = at,
            Generation = deployment.Generation, Level = deployment.Requires, Tenant = filter.Tenant?.Name,
            Conversations = filter.Conversations,
        };
    }

    private async IAsyncEnumerable<ConversationRow> ConversationsAsync(
        ChatDbContext db, ExportFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        if (filter.Conversations is { } wanted)
        {
            foreach (var id in wanted)
                yield return await db.Conversations.AsNoTracking().Where(c => c.Id == id)
                        .FirstOrDefaultAsync(c => filter.Tenant == null || c.Tenant == filter.Tenant, ct)
                    ?? throw new TransferException($"there is no conversation {id}");
            yield break;
        }
        var sql = filter.Tenant is null ? NextOfAll : NextOfTenant;
        var last = default(ConversationId);
        while (true)
        {
            var rows = await db.Conversations
                .FromSqlRaw(sql, settings.KeyOf(last), Page, filter.Tenant?.Name ?? "").AsNoTracking().ToListAsync(ct);
            foreach (var row in rows) yield return row;
            if (rows.Count < Page) yield break;
            last = rows[^1].Id;
        }
    }

    private static async IAsyncEnumerable<TransferLine> PartsAsync(
        ChatDbContext db, ConversationId id, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in db.Participants.AsNoTracking().Where(p => p.ConversationId == id)
            .OrderBy(p => p.UserId).AsAsyncEnumerable().WithCancellation(ct))
            yield return row.ToLine();
        await foreach (var row in db.Messages.AsNoTracking().Where(m => m.ConversationId == id)
            .OrderBy(m => m.Sequence).AsAsyncEnumerable().WithCancellation(ct))
            yield return row.ToLine();
        await foreach (var row in db.Set<ReactionRow>().AsNoTracking().Where(r => r.ConversationId == id
                && !ReactionStore.WithLeft(db).Any(s => s.ConversationId == id && s.Sequence == r.TargetSequence))
            .OrderBy(r => r.TargetSequence).ThenBy(r => r.UserId).AsAsyncEnumerable().WithCancellation(ct))
            yield return row.ToLine();
        await foreach (var row in db.Set<MessageStateRow>().AsNoTracking()
            .Where(s => s.ConversationId == id && s.UntoldSince != null && s.ReactionsSequence != null)
            .OrderBy(s => s.Sequence).AsAsyncEnumerable().WithCancellation(ct))
            yield return row.ToLine();
        await foreach (var row in db.Set<ThreadFollowRow>().AsNoTracking().Where(f => f.ConversationId == id)
            .OrderBy(f => f.UserId).ThenBy(f => f.Thread).AsAsyncEnumerable().WithCancellation(ct))
            yield return row.ToLine();
        await foreach (var row in db.Set<MentionRow>().AsNoTracking().Where(m => m.ConversationId == id)
            .OrderBy(m => m.UserId).ThenBy(m => m.Sequence).AsAsyncEnumerable().WithCancellation(ct))
            yield return row.ToLine();
    }

    private static async IAsyncEnumerable<TransferLine> UsersAsync(
        ChatDbContext db, ExportFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var users = db.Users.AsNoTracking();
        if (filter.Tenant is { } tenant) users = users.Where(u => u.Tenant == tenant);
        if (filter.Conversations is { } conversations)
            users = users.Where(u => db.Participants.Any(p => conversations.Contains(p.ConversationId)
                && p.Tenant == u.Tenant && p.UserId == u.UserId));
        await foreach (var row in users.OrderBy(u => u.Tenant).ThenBy(u => u.UserId).AsAsyncEnumerable()
            .WithCancellation(ct))
            yield return row.ToLine();
    }

    private static async IAsyncEnumerable<TransferLine> StateAsync(
        ChatDbContext db, Tenant? tenant, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in db.Set<BlockRow>().AsNoTracking()
            .Where(b => (tenant == null || b.Tenant == tenant) && (b.Blocks || b.IsBlocked))
            .OrderBy(b => b.Tenant).ThenBy(b => b.UserId).ThenBy(b => b.OtherId).AsAsyncEnumerable()
            .WithCancellation(ct))
            yield return row.ToLine();
        await foreach (var row in db.Tenants.AsNoTracking().Where(t => tenant == null || t.Name == tenant)
            .OrderBy(t => t.Name).AsAsyncEnumerable().WithCancellation(ct))
            yield return row.ToLine();
        await foreach (var row in db.Set<RevocationRow>().AsNoTracking()
            .Where(r => tenant == null || r.Tenant == tenant).OrderBy(r => r.Number).AsAsyncEnumerable()
            .WithCancellation(ct))
            yield return row.ToLine();
        await foreach (var row in db.Set<ReportRow>().AsNoTracking().Where(r => tenant == null || r.Tenant == tenant)
            .OrderBy(r => r.Number).AsAsyncEnumerable().WithCancellation(ct))
            yield return row.ToLine();
    }
}
