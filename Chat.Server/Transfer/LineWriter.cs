using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chat.Server.Transfer.Lines;

namespace Chat.Server.Transfer;

/// <summary>Writes the lines of an export. What it holds is bounded by one line and <see cref="FlushBytes"/>.</summary>
internal sealed class LineWriter(Stream output) : IDisposable
{
    private const int FlushBytes = 256 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = LineTypes.Depth, SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushBytes);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Utf8JsonWriter? _json;
    private int _hashed;

    public TransferCounts Counts { get; } = new();

    public async ValueTask WriteAsync(TransferLine line, CancellationToken ct)
    {
        Counts.Add(line.Type);
        Format(line);
        if (_buffer.WrittenCount >= FlushBytes) await FlushAsync(ct);
    }

    /// <summary>The trailer, and what is still held.</summary>
    public async ValueTask EndAsync(CancellationToken ct)
    {
        Hash();
        var trailer = new TrailerLine
        {
            Counts = Counts.All, Sha256 = Convert.ToHexStringLower(_hash.GetCurrentHash()),
        };
        Format(trailer);
        await FlushAsync(ct);
        await output.FlushAsync(ct);
    }

    public void Dispose()
    {
        _hash.Dispose();
        _json?.Dispose();
    }

    private void Format(TransferLine line)
    {
        var start = _buffer.WrittenCount;
        var json = _json ??= new Utf8JsonWriter(_buffer, Options);
        json.Reset(_buffer);
        JsonSerializer.Serialize(json, line, LineTypes.All[line.Type]);
        json.Flush();
        // JSON that clients gave may stand in several lines: between its parts only, where a space is the same.
        var written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory)[start..].Span;
        written.Replace((byte)'\n', (byte)' ');
        written.Replace((byte)'\r', (byte)' ');
        _buffer.Write("\n"u8);
    }

    private async ValueTask FlushAsync(CancellationToken ct)
    {
        Hash();
        await output.WriteAsync(_buffer.WrittenMemory, ct);
        _buffer.ResetWrittenCount();
        _hashed = 0;
    }

    private void Hash()
    {
        _hash.AppendData(_buffer.WrittenSpan[_hashed..]);
        _hashed = _buffer.WrittenCount;
    }
}
