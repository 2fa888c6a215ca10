using System.Collections.Concurrent;
using Chat.Server.Concurrency;
using Microsoft.Extensions.Options;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The connections to SQLite that are no part of EF Core: one that writes messages and tasks, and some that
/// read. EF Core's calls take turns with them.</summary>
/// <remarks>Calls of SQLite block, for as long as another process holds the file's lock. So they run on threads of
/// their own, all that write one after the other. What fails is a <see cref="StoreException"/>.</remarks>
internal sealed class SqliteConnections(SqliteFile file, IOptions<PersistenceOptions> options, TimeProvider time)
    : ISessionTurns, IDisposable
{
    /// <summary>What is written and not yet in the database file is moved there, and its file is emptied, when it is so
    /// large: readers that overlap would keep it growing for ever.</summary>
    private const long WalBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan BetweenEmptying = TimeSpan.FromSeconds(5);
    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500));

    /// <summary>Milliseconds for which an emptying waits for readers, and senders for it.</summary>
    private const int Patience = 20;

    private static readonly int Readers = 2 * Environment.ProcessorCount;

    private readonly Turns _writing = new(1, options.Value.TurnBound, time);
    private readonly Turns _reading = new(ReadersOf(options.Value), options.Value.TurnBound, time);
    private readonly BlockingThreads _writeThread = new("SQLite writes", 1);
    private readonly BlockingThreads _readThreads = new("SQLite reads", ReadersOf(options.Value));
    private readonly ConcurrentBag<SqliteReader> _readers = [];
    private readonly CancellationTokenSource _closing = new();
    private SqliteWriter? _writer;
    private RunAgain _erasures;
    private Task _erasing = Task.CompletedTask;
    private long? _emptiedAt; // or tried to: a reader may be in the way
    private volatile bool _isClosed;

    /// <summary>Runs the work on the session that writes, when its turn has come. When it fails the session is closed,
    /// which rolls back what it had begun; the next call opens a new one.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteWriter, T> work, CancellationToken ct) => InTurnAsync(
        _writing, _writeThread, () =>
        {
            try
            {
                var writer = Writer();
                var result = work(writer);
                if (writer.HasErased) EmptyErased(writer);
                else EmptyWal();
                return result;
            }
            catch
            {
                CloseWriter();
                throw;
            }
        }, ct);

    /// <summary>Runs the work on a session that reads; a few run at a time.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteReader, T> work, CancellationToken ct) =>
        InTurnAsync(_reading, _readThreads, () => Read(work), ct);

    // EF Core's calls of SQLite end before they return: waiting for their task waits for nothing more.
    Task<T> ISessionTurns.ReadAsync<T>(Func<Task<T>> work, CancellationToken ct) =>
        InTurnAsync(_reading, _readThreads, () => work().GetAwaiter().GetResult(), ct);

    Task<T> ISessionTurns.WriteAsync<T>(Func<Task<T>> work, CancellationToken ct) => InTurnAsync(
        _writing, _writeThread, () =>
        {
            var result = work().GetAwaiter().GetResult();
            EmptyWal();
            return result;
        }, ct);

    /// <summary>Waits for the write that is under way; the session is its own until then. What comes later is
    /// refused.</summary>
    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        _closing.Cancel();
        // Behind the write that is under way, on its thread.
        using var closed = new ManualResetEventSlim();
        _ = _writeThread.RunAsync(() =>
        {
            _writer?.EmptyWal();
            CloseWriter();
            closed.Set();
            return true;
        });
        closed.Wait();
        _erasing.Wait();
        _closing.Dispose();
        _writeThread.Dispose();
        _readThreads.Dispose();
        CloseReaders();
    }

    private static int ReadersOf(PersistenceOptions options) => Math.Min(options.ReadConnections, Readers);

    private async Task<T> InTurnAsync<T>(Turns turns, BlockingThreads threads, Func<T> work, CancellationToken ct)
    {
        try
        {
            await turns.TakeAsync(ct);
            try
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                return await threads.RunAsync(work);
            }
            finally
            {
                turns.Release();
            }
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
    }

    private T Read<T>(Func<SqliteReader, T> work)
    {
        if (!_readers.TryTake(out var reader)) reader = new SqliteReader(file.ConnectionString, options.Value);
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

    private SqliteWriter Writer() => _writer ??= new SqliteWriter(file.ConnectionString, options.Value);

    private void EmptyWal()
    {
        if (file.WalBytes < WalBytes || (_emptiedAt is { } at && time.GetElapsedTime(at) < BetweenEmptying)) return;
        _emptiedAt = time.GetTimestamp();
        Writer().EmptyWal();
    }

    /// <summary>What was erased is still in the file of what is written, until that is emptied.</summary>
    private void EmptyErased(SqliteWriter writer)
    {
        writer.HasErased = false;
        if (!writer.EmptyWal(Patience) && _erasures.TryStart()) _erasing = EmptyUntilDoneAsync();
    }

    /// <summary>A reader is in the way: soon again, and senders are not held up meanwhile.</summary>
    private async Task EmptyUntilDoneAsync()
    {
        do
        {
            _erasures.Begin();
            for (var failures = 0; !await TryEmptyAsync(); failures++)
                await Retries.WaitAsync(failures, time, _closing.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!_erasures.TryEnd());
    }

    /// <returns>True: there is nothing left to do.</returns>
    private async Task<bool> TryEmptyAsync()
    {
        if (_isClosed) return true;
        try
        {
            return await InTurnAsync(
                _writing, _writeThread, () => Writer().EmptyWal(Patience), CancellationToken.None);
        }
        catch (StoreException)
        {
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
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
