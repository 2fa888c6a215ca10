using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.Options;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The log on SQLite. Its calls block, so they run on pool threads of their own and not on the caller's.</summary>
internal sealed class SqliteMessageStore(DatabaseSettings settings, IOptions<PersistenceOptions> options) : IMessageStore, IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _reading = new(Math.Min(options.Value.ReadConnections, 2 * Environment.ProcessorCount));
    private readonly ConcurrentBag<SqliteReader> _readers = [];
    private SqliteWriter? _writer;

    public Task<CommitOutcome[]> CommitAsync(IReadOnlyList<ConversationEntry> drafts, DateTimeOffset now, CancellationToken ct) =>
        drafts.Count == 0 ? Task.FromResult<CommitOutcome[]>([]) : WriteAsync(writer => writer.Commit(drafts, now), ct);

    public Task<CommitOutcome?[]> ResolveAsync(IReadOnlyList<ConversationEntry> drafts, CancellationToken ct) =>
        drafts.Count == 0 ? Task.FromResult<CommitOutcome?[]>([]) : WriteAsync(writer => writer.Find(drafts), ct);

    public Task<List<ConversationEntry>> ReadAfterAsync(ConversationId conversation, long after, int limit, CancellationToken ct) =>
        limit <= 0 ? Task.FromResult<List<ConversationEntry>>([]) : ReadAsync(reader => reader.ReadAfter(conversation, after, limit), ct);

    public Task<List<ConversationEntry>> ReadBeforeAsync(ConversationId conversation, long before, int limit, CancellationToken ct) =>
        limit <= 0 ? Task.FromResult<List<ConversationEntry>>([]) : ReadAsync(reader => reader.ReadBefore(conversation, before, limit), ct);

    public Task<Dictionary<ConversationId, long>> ReadHeadsAsync(IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) =>
        ReadAsync(reader => reader.ReadHeads(conversations), ct);

    public void Dispose()
    {
        _writer?.Dispose();
        while (_readers.TryTake(out var reader)) reader.Dispose();
        _writing.Dispose();
        _reading.Dispose();
    }

    private async Task<T> WriteAsync<T>(Func<SqliteWriter, T> work, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            return await Task.Run(() => work(_writer ??= new SqliteWriter(settings.ConnectionString, options.Value)), CancellationToken.None);
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

    private async Task<T> ReadAsync<T>(Func<SqliteReader, T> work, CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            return await Task.Run(() => Read(work), CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseFailures.ToStoreException(exception) is { } failure)
        {
            throw failure;
        }
        finally
        {
            _reading.Release();
        }
    }

    private T Read<T>(Func<SqliteReader, T> work)
    {
        if (!_readers.TryTake(out var reader)) reader = new SqliteReader(settings.ConnectionString, options.Value);
        try
        {
            var result = work(reader);
            _readers.Add(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
