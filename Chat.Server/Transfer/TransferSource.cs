using System.IO.Compression;

namespace Chat.Server.Transfer;

/// <summary>Where an import reads from: a file, which is read twice, or a stream. What was compressed with gzip is
/// seen by its first bytes.</summary>
internal sealed class TransferSource
{
    private readonly string? _path;
    private readonly Stream? _stream;

    public TransferSource(string path) => _path = path;

    public TransferSource(Stream stream) => _stream = stream;

    /// <summary>Whether it may be read from its beginning once more.</summary>
    public bool MayReopen => _path is not null;

    /// <exception cref="TransferException">The file cannot be opened.</exception>
    public async Task<Stream> OpenAsync(CancellationToken ct)
    {
        var input = _stream ?? Open(_path!);
        var first = new byte[2];
        var count = await input.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, ct);
        Stream whole = new HeadedStream(first.AsMemory(0, count), input);
        return count == 2 && first is [0x1f, 0x8b] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Options = FileOptions.SequentialScan | FileOptions.Asynchronous,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferException($"the file cannot be opened: {e.Message}", e);
        }
    }
}
