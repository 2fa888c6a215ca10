using Microsoft.Win32.SafeHandles;

namespace Chat.ClientSdk.Sending;

/// <summary>The file of a <see cref="FileOutboxStore"/>: records are appended, and now and then it is written anew
/// without those that count no more.</summary>
/// <remarks>Whatever a broken write left at the end is cut off: on opening, and before the next write.</remarks>
internal sealed class Journal : IDisposable
{
    private const int CompactAbove = 256 * 1024;

    private readonly string _path;
    private readonly SortedDictionary<long, (long Offset, int Length)> _live = [];
    private SafeFileHandle _file;
    private long _length; // of what is sound
    private long _liveBytes;

    private Journal(string path) => (_path, _file) = (path, Open(path, FileMode.OpenOrCreate));

    private static ReadOnlySpan<byte> Magic => "ChatOB1\n"u8;

    /// <summary>Opens the file, or makes it, and gives the messages that it holds.</summary>
    /// <exception cref="IOException">It cannot be read, or is no such file.</exception>
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

    /// <summary>Appends that these are gone. It survives the process, not a loss of power.</summary>
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
        // messages are nobody else's business
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
        var start = Magic[..Math.Min(Magic.Length, bytes.Length)];
        if (!bytes.AsSpan().StartsWith(start))
            throw new IOException($"The file {_path} is not an outbox; give the outbox a file of its own.");
        var messages = new SortedDictionary<long, OutboxMessage>();
        if (bytes.Length < Magic.Length)
        {
            _length = 0;
            Append(Magic.ToArray(), isFlushed: true);
            return [];
        }
        _length = Magic.Length;
        while (JournalRecord.Measure(bytes.AsSpan((int)_length)) is > 0 and var size)
        {
            var (added, removed) = JournalRecord.Decode(bytes.AsSpan((int)_length, size));
            if (added is not null && messages.TryAdd(added.Number, added)) Keep(added.Number, _length, size);
            foreach (var number in removed)
                if (messages.Remove(number)) Drop(number);
            _length += size;
        }
        return [.. messages.Values];
    }

    private void Append(byte[] bytes, bool isFlushed)
    {
        // What an earlier write left half done would otherwise count as soon as this one makes it whole.
        if (RandomAccess.GetLength(_file) > _length) RandomAccess.SetLength(_file, _length);
        RandomAccess.Write(_file, bytes, _length);
        if (isFlushed) RandomAccess.FlushToDisk(_file);
        _length += bytes.Length;
    }

    /// <summary>Writes what is left into a new file, which takes the place of the old one as a whole.</summary>
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
            file.Dispose(); // the old one, or the new one that failed
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
