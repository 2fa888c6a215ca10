using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The connections to SQLite that are no part of EF Core: one that writes messages and tasks, and some that
/// read.</summary>
/// <remarks>Calls of SQLite block, so they run on pool threads of their own and not on the caller's. What fails is a
/// <see cref="StoreException"/>.</remarks>
internal sealed class SqliteConnections(DatabaseSettings settings, IOptions<PersistenceOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _reading = new(Math.Min(options.Value.ReadConnections,
        2 * Environment.ProcessorCount));
    private readonly ConcurrentBag<SqliteReader> _readers = [];
    private SqliteWriter? _writer;
    private volatile bool _isClosed;

    /// <summary>Runs the work on the session that writes, when its turn has come. When it fails the session is closed,
    /// which rolls back what it had begun;
    /// the next call opens a new one.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteWriter, T> work, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            return await RunAsync(() => work(_writer ??= new SqliteWriter(settings.ConnectionString, options.Value)));
        }
        catch
        {
            CloseWriter();
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Runs the work on a session that reads; a few run at a time.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteReader, T> work, CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            return await RunAsync(() => Read(work));
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Waits for the write that is under way; the session is its own until then. What comes later is
    /// refused.</summary>
    public void Dispose()
    {
        _writing.Wait();
        _isClosed = true;
        CloseWriter();
        _writing.Release();
        CloseReaders();
    }

    private async Task<T> RunAsync<T>(Func<T> work)
    {
        if (_isClosed) throw new StoreException(StoreFailure.Unavailable, "the database is closed");
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }

    private T Read<T>(Func<SqliteReader, T> work)
    {
        if (!_readers.TryTake(out var reader)) reader = new SqliteReader(settings.ConnectionString, options.Value);
        try
        {
            var result = work(reader);
            _readers.Add(reader);
            if (_isClosed) CloseReaders(); // closed meanwhile, when this one was not among them
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private void CloseReaders()
    {
        while (_readers.TryTake(out var reader)) reader.Dispose();
    }
}
