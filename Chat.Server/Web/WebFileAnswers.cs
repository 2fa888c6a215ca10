using Microsoft.Net.Http.Headers;

namespace Chat.Server.Web;

/// <summary>Answers GET and HEAD of a web file.</summary>
internal sealed class WebFileAnswers(WebFiles files, IEnumerable<IPageConnections> others)
{
    // No code but our own files, no other host but where people sign in, no frame around us: what a hostile message
    // could want is not there.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; "
            + "connect-src 'self'";

    // The service worker loads the app's files, and nothing else.
    private const string Worker = "/sw.js", WorkerPolicy = "default-src 'none'; connect-src 'self'";

    /// <param name="context">The request.</param>
    /// <param name="path">The file's, from the chat's root on.</param>
    public async Task AnswerAsync(HttpContext context, string path)
    {
        var asked = context.Request.Path.Value ?? "";
        // The root of a server below a path, without its slash: links of the page would miss the path.
        if (asked.Length == 0 && path == WebFiles.Page)
        {
            RelativeRedirect.Write(context, context.Request.QueryString.ToString());
            return;
        }
        // Routing takes any case, and a slash at the end: a browser would keep a file for each.
        if (asked != path && !(asked == "/" && path == WebFiles.Page))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var file = files.Find(path)!;
        var request = context.Request.GetTypedHeaders();
        var (bytes, encoding, tag) = file.For(request.AcceptEncoding);
        var response = context.Response;
        var headers = response.Headers;
        headers.ETag = tag.ToString();
        // kept, but asked about each time: a new version of the server is seen at once
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (file.IsHtml)
        {
            headers.ContentSecurityPolicy = await PolicyAsync(context.RequestAborted);
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }
        else if (path == Worker) headers.ContentSecurityPolicy = WorkerPolicy;
        if (request.IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = file.ContentType;
        headers.ContentLength = bytes.Length;
        if (encoding is not null) headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private async ValueTask<string> PolicyAsync(CancellationToken ct)
    {
        var policy = Policy;
        foreach (var other in others)
            foreach (var origin in await other.OriginsAsync(ct)) policy += $" {origin}";
        return policy;
    }
}
