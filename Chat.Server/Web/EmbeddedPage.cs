using System.Text;

namespace Chat.Server.Web;

/// <summary>The files of a page that are part of the program: they are there wherever it is started.</summary>
internal sealed class EmbeddedPage
{
    /// <summary>Nothing but our own files, nothing inline, and no page around it.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri "
            + "'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private const string Here = "\"./", Above = "\"../";

    private readonly Dictionary<string, byte[]> _files;
    private readonly byte[] _page, _pageBelow;

    /// <param name="prefix">Of the names of its files in the program.</param>
    /// <param name="main">The file of the page itself.</param>
    /// <remarks>Links of the page begin with <c>./</c>: a proxy may publish the server below a path. Asked for with a
    /// slash at the end, or by its file, the page is one folder further down.</remarks>
    public EmbeddedPage(string prefix, string main)
    {
        _files = ReadFiles(prefix);
        _page = _files[main];
        _files[main] = _pageBelow = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(_page).Replace(Here, Above, StringComparison.Ordinal));
    }

    /// <param name="http">The request.</param>
    /// <param name="name">The file; null: the page itself. Another one is answered 404.</param>
    public async Task WriteAsync(HttpContext http, string? name)
    {
        var response = http.Response;
        var file = name is null ? PageAt(http.Request.Path.Value ?? "") : _files.GetValueOrDefault(name);
        if (file is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        response.ContentType = TypeOf(name ?? ".html");
        response.ContentLength = file.Length;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(file, http.RequestAborted);
    }

    private byte[] PageAt(string path) => path.EndsWith('/') ? _pageBelow : _page;

    private static Dictionary<string, byte[]> ReadFiles(string prefix)
    {
        var assembly = typeof(EmbeddedPage).Assembly;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var file = new byte[stream.Length];
            stream.ReadExactly(file);
            files.Add(name[prefix.Length..], file);
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
