using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Chat.Server.Web;

/// <summary>A file as it is served: its bytes, compressed too where that is of use, and a tag that changes with them.
/// Compressed, a script or a style sheet comes without its comments.</summary>
internal sealed class WebFile
{
    // The smallest: the work is done once per file, and each visitor loads a hundred files.
    private static readonly BrotliCompressionOptions Small = new() { Quality = 11 };

    private readonly byte[] _plain;
    private readonly byte[]? _brotli;
    private readonly byte[]? _gzip;
    private readonly string _tag;

    private WebFile(string contentType, byte[] content)
    {
        (ContentType, _plain) = (contentType, content);
        // Short, because it comes with every file: 64 bits tell versions of one file apart.
        _tag = Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 8));
        if (!IsText(contentType)) return;
        if (IsCode(contentType)) content = Comments.TakeOut(content);
        _brotli = Compress(content, target => new BrotliStream(target, Small));
        _gzip = Compress(content, target => new GZipStream(target, CompressionLevel.SmallestSize));
    }

    public string ContentType { get; }

    /// <summary>Changes with the content.</summary>
    public string Name => _tag;

    public bool IsHtml => ContentType.StartsWith("text/html", StringComparison.Ordinal);

    public static WebFile Read(Func<Stream> open, string contentType)
    {
        using var source = open();
        var content = new byte[source.Length];
        source.ReadExactly(content);
        return new WebFile(contentType, content);
    }

    /// <summary>The smallest form that the client understands. Each has a tag of its own, as caches demand.</summary>
    public (byte[] Bytes, string? Encoding, EntityTagHeaderValue Tag) For(IList<StringWithQualityHeaderValue> accepted)
    {
        if (_brotli is not null && Accepts(accepted, "br")) return (_brotli, "br", Tag(".b"));
        if (_gzip is not null && Accepts(accepted, "gzip")) return (_gzip, "gzip", Tag(".g"));
        return (_plain, null, Tag(""));
    }

    private EntityTagHeaderValue Tag(string form) => new($"\"{_tag}{form}\"");

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);

    private static bool IsCode(string contentType) =>
        contentType.StartsWith("text/javascript", StringComparison.Ordinal)
        || contentType.StartsWith("text/css", StringComparison.Ordinal);

    private static bool IsText(string contentType) =>
        contentType.StartsWith("text/", StringComparison.Ordinal)
        || contentType.Contains("json", StringComparison.Ordinal)
        || contentType.Contains("svg", StringComparison.Ordinal);

    private static byte[] Compress(byte[] content, Func<Stream, Stream> into)
    {
        using var target = new MemoryStream();
        using (var compressor = into(target)) compressor.Write(content);
        return target.ToArray();
    }
}
