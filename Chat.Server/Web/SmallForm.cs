using System.IO.Compression;

namespace Chat.Server.Web;

/// <summary>What most browsers load of a text: without its comments if it is code, and compressed with Brotli. Made
/// when the server is built, because it takes long.</summary>
internal static class SmallForm
{
    // Takes the longest: that is the build's time, and each visitor loads a hundred files.
    private static readonly BrotliCompressionOptions Smallest = new() { Quality = 11 };

    private static readonly string[] Code = [".js", ".mjs", ".css"];

    private static readonly string[] Texts = [".html", ".json", ".webmanifest", ".svg", ".md", ".ts", ".txt", ""];

    public static bool IsOfUse(string name) => IsCode(name) || Texts.Contains(Path.GetExtension(name));

    public static byte[] Of(string name, byte[] content)
    {
        using var target = new MemoryStream();
        using (var compressor = new BrotliStream(target, Smallest)) compressor.Write(Bare(name, content));
        return target.ToArray();
    }

    /// <summary>Code without its comments.</summary>
    public static byte[] Bare(string name, byte[] content) => IsCode(name) ? Comments.TakeOut(content) : content;

    private static bool IsCode(string name) => Code.Contains(Path.GetExtension(name));
}
