using Chat.Server.Persistence.Sqlite;

namespace Chat.Server.Tasks.Store;

/// <summary>Tasks on SQLite, which has one writer: what PostgreSQL's row locks do, its lock does.</summary>
internal sealed class SqliteTaskStore(SqliteConnections connections) : ITaskStore
{
    public Task<bool[]> EnqueueAsync(IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken ct) =>
        tasks.Count == 0
            ? Task.FromResult<bool[]>([]) : connections.WriteAsync(session => Writer(session).Enqueue(tasks, now), ct);

    public Task<List<ClaimedTask>> ExchangeAsync(
        string worker, IReadOnlyList<FinishedTask> finished, IReadOnlyList<QueueDemand> wanted, DateTimeOffset now,
            DateTimeOffset leasedUntil,
        CancellationToken ct) =>
        finished.Count == 0 && wanted.Count == 0
            ? Task.FromResult<List<ClaimedTask>>([])
            : connections.WriteAsync(
                session => Writer(session).Exchange(worker, finished, wanted, now, leasedUntil), ct);

    private static SqliteTaskWriter Writer(SqliteWriter session) => session.Get(static s => new SqliteTaskWriter(s));
}
