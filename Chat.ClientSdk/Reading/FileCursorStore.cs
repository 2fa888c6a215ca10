using Chat.ClientSdk.Reading;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk;

/// <summary>Cursors in one file, for all conversations of one reader. Each reader and each process needs its own file;
/// of several users of a reader, each gets one.</summary>
/// <remarks>The file is replaced as a whole and flushed to disk, at most once per second and when the store is
/// disposed. So a crash loses at most the last second (or what could not be written): those entries are shown again,
/// never skipped. Of a damaged file, the complete lines are used.</remarks>
public sealed class FileCursorStore : ICursorStore, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Lock _writing = new();
    private readonly string _name;
    private Dictionary<ConversationId, SavedCursor> _cursors;
    private string _path;
    private readonly ITimer _timer;
    private Exception? _failure;
    private bool _dirty;
    private bool _disposed;

    /// <summary>Reads the file, or starts without cursors when there is none. Its folder is created.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="time">The clock of the writes. Default the system's.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public FileCursorStore(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = _name = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _cursors = CursorFile.Read(_path);
        _timer = (time ?? TimeProvider.System).CreateTimer(static store => ((FileCursorStore)store!).WriteQuietly(),
            this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc />
    public ValueTask<long?> LoadAsync(ConversationId conversationId, CancellationToken ct = default)
    {
        lock (_gate)
            return new(_cursors.TryGetValue(conversationId, out var cursor) && cursor.Sequence >= 0
                ? cursor.Sequence
                : null);
    }

    /// <inheritdoc />
    public ValueTask<string?> LoadGenerationAsync(ConversationId conversationId, CancellationToken ct = default)
    {
        lock (_gate) return new(_cursors.GetValueOrDefault(conversationId).Generation);
    }

    /// <summary>Stores the generation, as <see cref="SaveAsync"/> stores the sequence.</summary>
    /// <inheritdoc cref="SaveAsync" path="/exception" />
    public ValueTask SaveGenerationAsync(
        ConversationId conversationId, string generation, CancellationToken ct = default) =>
        Save(conversationId, cursor => cursor with { Generation = generation });

    /// <summary>Stores the sequence; it is on disk within a second, or at dispose.</summary>
    /// <exception cref="IOException">The last write failed: the inner exception says why. It is retried every second in
    /// which a cursor is saved.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public ValueTask SaveAsync(ConversationId conversationId, long sequence, CancellationToken ct = default) =>
        Save(conversationId, cursor => cursor with { Sequence = sequence });

    /// <summary>The file is the owner's who read with it first; each other one has a file beside it.</summary>
    /// <inheritdoc />
    public ValueTask UseAsync(string owner, CancellationToken ct = default)
    {
        var path = OwnedFile.PathOf(_name, owner);
        lock (_gate)
            if (path == _path) return default;
        Flush();
        lock (_gate) (_path, _cursors) = (path, CursorFile.Read(path));
        return default;
    }

    /// <summary>Erases all cursors, also from the file, before it returns.</summary>
    /// <exception cref="IOException">It could not be written; it is tried again in a second.</exception>
    public ValueTask ClearAsync(CancellationToken ct = default)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _cursors.Clear();
            _dirty = true;
        }
        Flush();
        return default;
    }

    private ValueTask Save(ConversationId conversationId, Func<SavedCursor, SavedCursor> change)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _cursors[conversationId] = change(_cursors.GetValueOrDefault(conversationId, new SavedCursor(-1)));
            if (!_dirty) _timer.Change(WriteInterval, Timeout.InfiniteTimeSpan);
            _dirty = true;
            if (_failure is not { } failure) return default;
            _failure = null;
            return ValueTask.FromException(new IOException("The cursors could not be written.", failure));
        }
    }

    /// <summary>Writes all cursors now.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Flush()
    {
        lock (_writing)
        {
            KeyValuePair<ConversationId, SavedCursor>[] cursors;
            string path;
            lock (_gate)
            {
                if (!_dirty) return;
                _dirty = false;
                (path, cursors) = (_path, [.. _cursors]);
            }
            try
            {
                CursorFile.Write(path, cursors);
                lock (_gate) _failure = null;
            }
            catch
            {
                lock (_gate)
                {
                    _dirty = true;
                    if (!_disposed) _timer.Change(WriteInterval, Timeout.InfiniteTimeSpan);
                }
                throw;
            }
        }
    }

    /// <summary>Writes all cursors, and accepts no more.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }
        _timer.Dispose();
        Flush();
    }

    /// <inheritdoc cref="Dispose" />
    public async ValueTask DisposeAsync() => await Task.Run(Dispose).ConfigureAwait(false);

    private void WriteQuietly()
    {
        try
        {
            Flush();
        }
        catch (Exception ex)
        {
            // The next save throws it.
            lock (_gate) _failure = ex;
        }
    }
}
