using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Erasures.Store;

/// <summary>The erasures of users. Failures are <see cref="StoreException"/>.</summary>
internal sealed class UserErasureStore(ChatDatabase database, ITaskQueue queue, IAuditLog audit, TimeProvider time)
{
    /// <summary>Begins one, with its entry in the audit and the task that carries it out; where one of the user is
    /// under way, that is the one.</summary>
    public async Task<UserErasureRow> BeginAsync(UserKey user, AuditEntry entry, CancellationToken ct)
    {
        var (row, isNew) = await database.ChangeUntilKnownAsync(db => BeginAsync(db, user, entry, ct), ct);
        if (isNew) queue.Wake();
        // Its task may have been given up.
        else await queue.EnqueueAsync(
            UserErasureTask.Type, UserErasureTask.Of(row), UserErasureJson.Default.UserErasureTask,
            UserErasureTask.Plan(row.Id), ct);
        return row;
    }

    /// <summary>Null: there is none.</summary>
    public Task<UserErasureRow?> FindAsync(Guid id, CancellationToken ct) => database.RunAsync(
        db => db.Set<UserErasureRow>().AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, ct), ct);

    /// <summary>The conversations with content of the user in a stretch of all logs.</summary>
    /// <param name="erasure">Whose.</param>
    /// <param name="upTo">The stretch is behind the erasure's position, up to the row with this number.</param>
    /// <param name="ct">Cancels waiting.</param>
    public Task<List<ConversationId>> FindConversationsAsync(
        UserErasureRow erasure, long upTo, CancellationToken ct) => database.RunAsync(
        db =>
            (from m in ErasureStore.WithContent(db.Messages)
             join c in db.Conversations on m.ConversationId equals c.Id
             where m.Id > erasure.Position && m.Id <= upTo && m.SenderId == erasure.UserId
                 && c.Tenant == erasure.Tenant
             select c.Id).Distinct().ToListAsync(ct), ct);

    /// <summary>Notes how far it is; false: another instance has moved it.</summary>
    /// <param name="erasure">As it was read.</param>
    /// <param name="position">See <see cref="UserErasureRow.Position"/>.</param>
    /// <param name="conversations">In how many more something was erased.</param>
    /// <param name="messages">How many more messages were erased.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async Task<bool> MoveAsync(
        UserErasureRow erasure, long position, int conversations, long messages, CancellationToken ct) =>
        await database.ChangeAsync(
        db => db.Set<UserErasureRow>().Where(e => e.Id == erasure.Id && e.Position == erasure.Position)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.Position, position)
                .SetProperty(e => e.Conversations, e => e.Conversations + conversations)
                .SetProperty(e => e.Messages, e => e.Messages + messages), ct), ct) > 0;

    public Task FinishAsync(Guid id, CancellationToken ct)
    {
        var now = Microseconds.Truncate(time.GetUtcNow());
        return database.ChangeAsync(
            db => db.Set<UserErasureRow>().Where(e => e.Id == id && e.FinishedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.FinishedAt, now), ct), ct);
    }

    private async Task<(UserErasureRow Row, bool IsNew)> BeginAsync(
        ChatDbContext db, UserKey user, AuditEntry entry, CancellationToken ct)
    {
        var running = db.Set<UserErasureRow>().AsNoTracking()
            .Where(e => e.Tenant == user.Tenant && e.UserId == user.Id && e.FinishedAt == null);
        if (await running.FirstOrDefaultAsync(ct) is { } known) return (known, false);
        var now = Microseconds.Truncate(time.GetUtcNow());
        var row = new UserErasureRow
        {
            Id = Guid.CreateVersion7(now), Tenant = user.Tenant, UserId = user.Id, RequestedAt = now,
            Until = await db.Messages.MaxAsync(m => (long?)m.Id, ct) ?? 0,
        };
        db.Add(row);
        audit.Add(db, entry);
        queue.Add(db, UserErasureTask.Type, UserErasureTask.Of(row), UserErasureJson.Default.UserErasureTask,
            UserErasureTask.Plan(row.Id));
        if (await ChatDatabase.TrySaveAsync(db, ct)) return (row, true);
        return (await running.FirstAsync(ct), false); // somebody else began it at this moment
    }
}
