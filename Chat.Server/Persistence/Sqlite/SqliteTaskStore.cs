using Chat.Server.Persistence.Tasks;
using Microsoft.Extensions.Options;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>Tasks on SQLite, which has one writer: what PostgreSQL's row locks do, its lock does. The calls block, so they run on pool threads.</summary>
internal sealed class SqliteTaskStore(DatabaseSettings settings, IOptions<PersistenceOptions> options) : ITaskStore, IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private SqliteTaskWriter? _writer;
    private bool _isClosed;

    public Task<bool[]> EnqueueAsync(IReadOnlyList<NewTask> tasks, DateTimeOffset now, CancellationToken ct) =>
        tasks.Count == 0 ? Task.FromResult<bool[]>([]) : WriteAsync(writer => writer.Enqueue(tasks, now), ct);

    public Task<List<ClaimedTask>> ExchangeAsync(
        string worker, IReadOnlyList<FinishedTask> finished, IReadOnlyList<QueueDemand> wanted, DateTimeOffset now, DateTimeOffset leasedUntil, CancellationToken ct) =>
        finished.Count == 0 && wanted.Count == 0
            ? Task.FromResult<List<ClaimedTask>>([])
            : WriteAsync(writer => writer.Exchange(worker, finished, wanted, now, leasedUntil), ct);

    /// <summary>Waits for the call that is under way; the connection is its own until then. What comes later is refused.</summary>
    public void Dispose()
    {
        _writing.Wait();
        _isClosed = true;
        _writer?.Dispose();
        _writer = null;
        _writing.Release();
    }

    private async Task<T> WriteAsync<T>(Func<SqliteTaskWriter, T> work, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            if (_isClosed) throw new StoreException(StoreFailure.Unavailable, "the store is closed");
            return await Task.Run(() => work(_writer ??= new SqliteTaskWriter(settings.ConnectionString, options.Value)), CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Closing it rolls back what it had begun; the next call opens a new one.
            _writer?.Dispose();
            _writer = null;
            if (DatabaseFailures.ToStoreException(exception) is { } failure) throw failure;
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }
}
