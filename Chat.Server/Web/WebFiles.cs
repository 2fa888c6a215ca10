using System.Collections.Concurrent;
using Microsoft.Extensions.FileProviders;

namespace Chat.Server.Web;

/// <summary>The web app and the JavaScript client: the files in <c>wwwroot</c> beside the program, wherever the server
/// is started from. Each is read and compressed when it is first asked for, and again when it changed.</summary>
internal sealed class WebFiles : IDisposable
{
    private readonly ConcurrentDictionary<string, WebFile> _files = new(StringComparer.Ordinal);
    private readonly PhysicalFileProvider? _folder;

    public WebFiles()
        : this(Path.Combine(AppContext.BaseDirectory, "wwwroot"))
    {
    }

    public WebFiles(string folder) => _folder = Directory.Exists(folder) ? new PhysicalFileProvider(folder) : null;

    /// <summary>The file at this path of a URL, or null when there is none. A path that ends in a slash means the
    /// <c>index.html</c> there. A path with an empty part (<c>//</c>) is no path of a file.</summary>
    public async ValueTask<WebFile?> FindAsync(string path, CancellationToken ct)
    {
        if (_folder is null || path.Contains("//", StringComparison.Ordinal)) return null;
        if (path.EndsWith('/')) path += "index.html";
        var file = _folder.GetFileInfo(path);
        if (!file.Exists) return null;
        // By the file, of which there are few, and not by the path, of which a file may have many.
        var name = file.PhysicalPath!;
        if (_files.TryGetValue(name, out var known) && known.IsStill(file)) return known;
        return _files[name] = await WebFile.ReadAsync(file, TypeOf(file.Name), ct);
    }

    /// <summary>The paths of all files there are.</summary>
    public IEnumerable<string> Paths() => _folder is null ? [] : Below("");

    private IEnumerable<string> Below(string folder) => _folder!.GetDirectoryContents(folder).SelectMany(entry =>
        entry.IsDirectory ? Below($"{folder}/{entry.Name}") : [$"{folder}/{entry.Name}"]);

    public void Dispose() => _folder?.Dispose();

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        // Always UTF-8 (RFC 9239), and a first visit loads ninety of them.
        ".js" or ".mjs" => "text/javascript",
        ".css" => "text/css; charset=utf-8",
        ".json" => "application/json; charset=utf-8",
        ".webmanifest" => "application/manifest+json; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".woff2" => "font/woff2",
        ".md" => "text/markdown; charset=utf-8",
        ".ts" or ".txt" or "" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
