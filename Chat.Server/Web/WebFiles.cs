namespace Chat.Server.Web;

/// <summary>The web app and the JavaScript client: files that are part of the program, so they are there wherever it
/// runs. Each is read when it is first asked for.</summary>
internal sealed class WebFiles
{
    /// <summary>The page itself, which is also at the folder's own address.</summary>
    public const string Page = "/index.html";

    private const string Prefix = "web/", SmallPrefix = "web-small/";

    private readonly Dictionary<string, Lazy<WebFile>> _files;

    private WebFiles(IEnumerable<(string Path, Func<Stream> Open, Func<Stream>? OpenSmall)> files) =>
        _files = files.ToDictionary(
            file => file.Path,
            file => new Lazy<WebFile>(
                () => WebFile.Read(file.Path, TypeOf(file.Path), file.Open, file.OpenSmall)),
            StringComparer.Ordinal);

    /// <summary>The paths of all files there are, from the slash on.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <summary>What the program has.</summary>
    public static WebFiles OfProgram()
    {
        var program = typeof(WebFiles).Assembly;
        var names = program.GetManifestResourceNames().ToHashSet();
        return new WebFiles(
            from name in names
            where name.StartsWith(Prefix, StringComparison.Ordinal)
            let path = name[Prefix.Length..]
            select ("/" + path, Opens(name), names.Contains(SmallPrefix + path) ? Opens(SmallPrefix + path) : null));

        Func<Stream> Opens(string name) => () => program.GetManifestResourceStream(name)!;
    }

    /// <summary>What is in a folder, as it is now; not what begins with a dot.</summary>
    public static WebFiles In(string folder) => new(
        from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        let path = "/" + Path.GetRelativePath(folder, file).Replace('\\', '/')
        where !path.Contains("/.", StringComparison.Ordinal)
        select (path, new Func<Stream>(() => File.OpenRead(file)), (Func<Stream>?)null));

    /// <summary>The file at this path, or null when there is none.</summary>
    public WebFile? Find(string path) => _files.GetValueOrDefault(path)?.Value;

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
