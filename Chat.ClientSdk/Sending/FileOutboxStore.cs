namespace Chat.ClientSdk.Sending;

/// <summary>Keeps what was accepted in a file: an app that is killed sends it at its next start, in order, each message
/// once.</summary>
/// <remarks>
/// <para>A message counts as accepted when it is flushed to disk; messages accepted at the same time share a flush. The
/// file holds the text of messages, readable for this system user only (on Unix); what was sent disappears from it when
/// it is written anew, from 256 KiB on.</para>
/// <para>Every record has a checksum. What is damaged, or was broken off while it was written, is left out, logged and
/// counted in <see cref="DamagedBytes"/>; all other messages are sent. The file as it was is then kept beside it with
/// <c>.damaged</c> appended, the newest such copy only.</para>
/// <para>One file for one user at one server. While it is open another client or process that opens it gets an
/// <see cref="IOException"/>; a file beside it, with <c>.lock</c> appended, is how they know, and stays there.</para>
/// </remarks>
public sealed class FileOutboxStore : IOutboxStore
{
    private readonly string _path;
    private FileStream? _lock;
    private Journal? _journal;

    /// <summary>Names the file; it is made when it is first loaded, its folder too.</summary>
    public FileOutboxStore(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
    }

    /// <summary>What the last loading had to leave out because it was damaged, in bytes. 0: nothing.</summary>
    public long DamagedBytes { get; private set; }

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
