using Chat.Server.Transports.Rest;

namespace Chat.Server.Tasks.Page;

/// <summary>The files of the page, which are part of the program: they are there wherever it is started.</summary>
internal sealed class TaskPage
{
    /// <summary>Of the embedded files.</summary>
    private const string Prefix = "tasks-page/";

    public const string Main = "tasks.html";

    /// <summary>Nothing but our own files, nothing inline, and no page around it.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri "
            + "'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private readonly Dictionary<string, byte[]> _files = ReadFiles();

    public async Task WriteAsync(HttpContext http, string name)
    {
        var response = http.Response;
        if (!_files.TryGetValue(name, out var file)) throw new NotFoundException("not found");
        response.ContentType = TypeOf(name);
        response.ContentLength = file.Length;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(file, http.RequestAborted);
    }

    private static Dictionary<string, byte[]> ReadFiles()
    {
        var assembly = typeof(TaskPage).Assembly;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var file = new byte[stream.Length];
            stream.ReadExactly(file);
            files.Add(name[Prefix.Length..], file);
        }
        return files;
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
