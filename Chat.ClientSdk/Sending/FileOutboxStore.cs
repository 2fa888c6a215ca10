namespace Chat.ClientSdk.Sending;

/// <summary>Keeps accepted messages in a file: an app that was killed sends them at its next start, in order, each
/// message once.</summary>
/// <remarks>
/// <para>A message is accepted once it is flushed to disk; messages accepted at the same time share a flush. The file
/// contains the text of messages and is readable only by this system user (on Unix). Sent messages are removed when the
/// file is rewritten, from 256 KiB on.</para>
/// <para>Every record has a checksum. Damaged or incomplete records are skipped, logged and counted in
/// <see cref="DamagedBytes"/>; all other messages are sent. The original file is then kept beside it with
/// <c>.damaged</c> appended (only the newest such copy).</para>
/// <para>Several users, tenants and servers may share the path: the first has the file of that name, noted beside it
/// with <c>.owner</c> appended, and each other one a file of its own. While it is open, another client or process that
/// opens it gets an <see cref="IOException"/>. A lock file beside it, with <c>.lock</c> appended, ensures that, and
/// stays there.</para>
/// </remarks>
public sealed class FileOutboxStore : IOutboxStore
{
    private readonly string _name;
    private string _path;
    private FileStream? _lock;
    private Journal? _journal;

    /// <summary>Names the file; the file and its folder are created at the first load.</summary>
    public FileOutboxStore(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = _name = Path.GetFullPath(path);
    }

    /// <summary>Number of damaged bytes that the last load skipped.</summary>
    public long DamagedBytes { get; private set; }

    /// <inheritdoc />
    public Task UseAsync(string owner, CancellationToken ct)
    {
        if (_journal is null) _path = OwnedFile.PathOf(_name, owner); // else the load says that it is in use
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<OutboxMessage>> LoadAsync(CancellationToken ct)
    {
        if (_journal is not null) throw new IOException($"The outbox file {_path} is in use by another client.");
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var held = TakeLock();
        try
        {
            _journal = Journal.Open(_path, out var messages);
            (_lock, DamagedBytes) = (held, _journal.DamagedBytes);
            return Task.FromResult<IReadOnlyList<OutboxMessage>>(messages);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public Task AddAsync(IReadOnlyList<OutboxMessage> messages, CancellationToken ct)
    {
        Opened().Add(messages);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task RemoveAsync(IReadOnlyList<long> numbers, CancellationToken ct)
    {
        Opened().Remove(numbers);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task CloseAsync()
    {
        _journal?.Dispose();
        _lock?.Dispose();
        (_journal, _lock) = (null, null);
        return Task.CompletedTask;
    }

    private Journal Opened() => _journal ?? throw new InvalidOperationException("The outbox store is not open.");

    private FileStream TakeLock()
    {
        try
        {
            return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException(
                $"The outbox file {_path} is in use by another client or process. Give each a file of its own, or end "
                    + $"the other first.", e);
        }
    }
}
