using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Web;

/// <summary>The files of the web app, and one name for all of them as they are now: what a browser keeps to open the
/// app without a network.</summary>
/// <param name="Version">Changes when a file changes, comes or goes.</param>
/// <param name="Files">Their addresses, relative to the app's; that of the page itself is empty.</param>
internal sealed record WebFileList(string Version, IReadOnlyList<string> Files)
{
    // Of the JavaScript client what a browser runs; types and readmes are for those who build with it.
    private static readonly string[] Endings = [".js", ".css", ".svg"];
    private static readonly string[] Folders = ["/app/", "/sdk/", "/vendor/"];

    public static WebFileList Of(WebFiles files)
    {
        var paths = files.Paths.Where(IsOfTheApp).Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        foreach (var path in paths) text.Append($"{path} {files.Find(path)!.Name}\n");
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
        return new WebFileList(version, [.. paths.Select(path => path == WebFiles.Page ? "" : path[1..])]);
    }

    private static bool IsOfTheApp(string path) => path == WebFiles.Page
        || (Endings.Contains(Path.GetExtension(path)) && !path.EndsWith(".npm.js", StringComparison.Ordinal)
            && Folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)));
}
