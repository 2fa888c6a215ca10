using System.Security.Cryptography;

namespace Chat.Server.Transfer.Reading;

/// <summary>Lines of bytes, and the digest of those that were read.</summary>
internal sealed class LineReader(Stream input) : IDisposable
{
    /// <summary>The longest line: a conversation with 10,000 first participants has three million bytes.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[256 * 1024];
    private int _start, _end;
    private int _line; // the length of the one that was given out, its line feed included
    private bool _isAtEnd;

    /// <summary>Of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Of that line, its line feed included.</summary>
    public int Bytes => _line;

    /// <summary>Whether that line has its line feed: only the last one of a file may lack it.</summary>
    public bool IsEnded { get; private set; }

    /// <returns>The next line, without its line feed, good until the next call; null at the end.</returns>
    /// <exception cref="TransferException">A line is too long, or the input is damaged.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken ct)
    {
        (_start, _line) = (_start + _line, 0);
        for (var looked = 0; ;)
        {
            var at = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (at >= 0 || (_isAtEnd && _end > _start))
            {
                var length = at >= 0 ? looked + at : _end - _start;
                _line = Math.Min(length + 1, _end - _start);
                (IsEnded, Number) = (at >= 0, Number + 1);
                return _buffer.AsMemory(_start, length);
            }
            if (_isAtEnd) return null;
            looked = _end - _start;
            await FillAsync(ct);
        }
    }

    /// <summary>Takes the line that was read last into the digest.</summary>
    public void Count() => _hash.AppendData(_buffer, _start, _line);

    /// <summary>The digest of all lines that were counted, each with its line feed.</summary>
    public byte[] Digest() => _hash.GetCurrentHash();

    public void Dispose() => _hash.Dispose();

    private async ValueTask FillAsync(CancellationToken ct)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxBytes)
                throw TransferException.At(Number + 1, $"it is longer than {MaxBytes} bytes");
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
        try
        {
            var read = await input.ReadAsync(_buffer.AsMemory(_end), ct);
            _end += read;
            _isAtEnd = read == 0;
        }
        catch (InvalidDataException e)
        {
            throw new TransferException($"the file is damaged behind line {Number}: {e.Message}", e);
        }
    }
}
