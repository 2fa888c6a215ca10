using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Chat.Server.Web;

/// <summary>A file as it is served: its bytes, compressed too where that is of use, and a tag that changes with them.
/// Compressed, a script or a style sheet comes without its comments.</summary>
internal sealed class WebFile
{
    private readonly byte[] _plain;
    private readonly byte[]? _brotli;
    private readonly Lazy<byte[]>? _gzip;
    private readonly string _tag;

    private WebFile(string name, string contentType, byte[] content, byte[]? small)
    {
        (ContentType, _plain) = (contentType, content);
        // Short, because it comes with every file: 64 bits tell versions of one file apart.
        _tag = Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 8));
        if (!SmallForm.IsOfUse(name)) return;
        _brotli = small ?? SmallForm.Of(name, content);
        // Hardly anybody asks for it.
        _gzip = new Lazy<byte[]>(() => Gzip(SmallForm.Bare(name, content)));
    }

    public string ContentType { get; }

    /// <summary>Changes with the content.</summary>
    public string Name => _tag;

    public bool IsHtml => ContentType.StartsWith("text/html", StringComparison.Ordinal);

    /// <param name="name">Its ending says what it is.</param>
    /// <param name="contentType">What is answered.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="openSmall">Opens its <see cref="SmallForm"/>; null: that is made now.</param>
    public static WebFile Read(string name, string contentType, Func<Stream> open, Func<Stream>? openSmall) =>
        new(name, contentType, All(open), openSmall is null ? null : All(openSmall));

    /// <summary>The smallest form that the client understands. Each has a tag of its own, as caches demand.</summary>
    public (byte[] Bytes, string? Encoding, EntityTagHeaderValue Tag) For(IList<StringWithQualityHeaderValue> accepted)
    {
        if (_brotli is not null && Accepts(accepted, "br")) return (_brotli, "br", Tag(".b"));
        if (_gzip is not null && Accepts(accepted, "gzip")) return (_gzip.Value, "gzip", Tag(".g"));
        return (_plain, null, Tag(""));
    }

    private EntityTagHeaderValue Tag(string form) => new($"\"{_tag}{form}\"");

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);

    private static byte[] All(Func<Stream> open)
    {
        using var source = open();
        var content = new byte[source.Length];
        source.ReadExactly(content);
        return content;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var compressor = new GZipStream(target, CompressionLevel.SmallestSize)) compressor.Write(content);
        return target.ToArray();
    }
}
