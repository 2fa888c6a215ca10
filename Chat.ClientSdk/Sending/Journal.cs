using Microsoft.Win32.SafeHandles;

namespace Chat.ClientSdk.Sending;

/// <summary>The file of a <see cref="FileOutboxStore"/>: records are appended, and from time to time it is rewritten
/// without obsolete ones.</summary>
/// <remarks>Damaged or incomplete records are skipped, and the records after them are still read: a copy of the
/// original file is put beside it, and the file is rewritten.</remarks>
internal sealed class Journal : IDisposable
{
    private const int CompactAbove = 256 * 1024;

    private readonly string _path;
    private readonly SortedDictionary<long, (long Offset, int Length)> _live = [];
    private SafeFileHandle _file;
    private long _length; // of the valid records
    private long _liveBytes;

    private Journal(string path) => (_path, _file) = (path, Open(path, FileMode.OpenOrCreate));

    /// <summary>The damaged bytes found when it was opened.</summary>
    public long DamagedBytes { get; private set; }

    private static ReadOnlySpan<byte> Magic => "ChatOB1\n"u8;

    /// <summary>Opens or creates the file, and returns its messages.</summary>
    /// <exception cref="IOException">It cannot be read, or is not an outbox file.</exception>
    public static Journal Open(string path, out List<OutboxMessage> messages)
    {
        var journal = new Journal(path);
        try
        {
            messages = journal.Read();
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Appends the messages; on disk when it returns.</summary>
    public void Add(IReadOnlyList<OutboxMessage> messages)
    {
        var records = messages.Select(JournalRecord.Encode).ToList();
        var at = _length;
        Append([.. records.SelectMany(record => record)], isFlushed: true);
        for (var i = 0; i < records.Count; i++)
        {
            Keep(messages[i].Number, at, records[i].Length);
            at += records[i].Length;
        }
    }

    /// <summary>Appends the removal of these messages. It survives the process, but not a power failure.</summary>
    public void Remove(IReadOnlyList<long> numbers)
    {
        List<long> known = [.. numbers.Where(_live.ContainsKey)];
        if (known.Count == 0) return;
        Append(JournalRecord.Encode(known), isFlushed: false);
        foreach (var number in known) Drop(number);
        if (_length > CompactAbove && _length > 4 * _liveBytes) Compact();
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0
        };
        // messages are private
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);
        return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    private List<OutboxMessage> Read()
    {
        var bytes = new byte[RandomAccess.GetLength(_file)];
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(_file, bytes.AsSpan(read), read);
            if (count == 0) throw new IOException($"The outbox file {_path} changed while it was read.");
            read += count;
        }
        if (bytes.AsSpan().SequenceEqual(Magic[..Math.Min(Magic.Length, bytes.Length)]))
        {
            // new, or its first write was incomplete
            Append(Magic[bytes.Length..].ToArray(), at: bytes.Length, isFlushed: true);
            return [];
        }
        var messages = Read(bytes);
        if (_live.Count == 0 && _length == 0)
            throw new IOException($"The file {_path} is not an outbox; give the outbox a file of its own.");
        if (DamagedBytes > 0) Repair();
        return messages;
    }

    /// <summary>Reads every valid record, wherever it begins.</summary>
    private List<OutboxMessage> Read(ReadOnlySpan<byte> bytes)
    {
        var messages = new SortedDictionary<long, OutboxMessage>();
        var isOutbox = bytes.StartsWith(Magic);
        if (isOutbox) _length = Magic.Length;
        else DamagedBytes += Math.Min(Magic.Length, bytes.Length);
        for (var at = Magic.Length; at < bytes.Length;)
        {
            var size = JournalRecord.Measure(bytes[at..]);
            if (size == 0)
            {
                DamagedBytes++;
                at++; // the length may be damaged: the next record may begin anywhere
                continue;
            }
            if (!JournalRecord.TryDecode(bytes.Slice(at, size), out var added, out var removed)) DamagedBytes += size;
            if (added is not null && messages.TryAdd(added.Number, added)) Keep(added.Number, at, size);
            foreach (var number in removed)
                if (messages.Remove(number)) Drop(number);
            at += size;
            _length = at;
        }
        return [.. messages.Values];
    }

    private void Repair()
    {
        try
        {
            File.Copy(_path, _path + ".damaged", overwrite: true);
            Compact();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is as readable as before. The next opening tries again.
        }
    }

    private void Append(byte[] bytes, bool isFlushed) => Append(bytes, _length, isFlushed);

    private void Append(byte[] bytes, long at, bool isFlushed)
    {
        _length = at;
        // Otherwise this write could complete the incomplete record of an earlier one.
        if (RandomAccess.GetLength(_file) > _length) RandomAccess.SetLength(_file, _length);
        RandomAccess.Write(_file, bytes, _length);
        if (isFlushed) RandomAccess.FlushToDisk(_file);
        _length += bytes.Length;
    }

    /// <summary>Writes the remaining records into a new file, which replaces the old one atomically.</summary>
    private void Compact()
    {
        var path = _path + ".new";
        var file = Open(path, FileMode.Create);
        try
        {
            RandomAccess.Write(file, Magic, 0);
            var places = new List<(long Number, long Offset, int Length)>();
            long length = Magic.Length;
            foreach (var (number, place) in _live)
            {
                var record = new byte[place.Length];
                if (RandomAccess.Read(_file, record, place.Offset) != record.Length)
                    throw new IOException($"The outbox file {_path} is shorter than it was.");
                RandomAccess.Write(file, record, length);
                places.Add((number, length, record.Length));
                length += record.Length;
            }
            RandomAccess.FlushToDisk(file);
            File.Move(path, _path, overwrite: true);
            (_file, file) = (file, _file);
            _length = length;
            foreach (var (number, offset, size) in places) _live[number] = (offset, size);
        }
        finally
        {
            file.Dispose(); // the old file, or the new one that failed
        }
    }

    private void Keep(long number, long offset, int length)
    {
        _live[number] = (offset, length);
        _liveBytes += length;
    }

    private void Drop(long number)
    {
        if (_live.Remove(number, out var place)) _liveBytes -= place.Length;
    }
}
