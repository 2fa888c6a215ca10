using Microsoft.Net.Http.Headers;

namespace Chat.Server.Web;

/// <summary>Answers GET and HEAD of the files there are, refuses other methods there, and leaves everything else to the
/// next.</summary>
internal sealed class WebFileResponses(RequestDelegate next, WebFiles files, IEnumerable<IPageConnections> others)
{
    // No code but our own files, no other host but where people sign in, no frame around us: what a hostile message
    // could want is not there.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; "
            + "connect-src 'self'";

    // The service worker loads the app's files, and nothing else.
    private const string Worker = "/sw.js", WorkerPolicy = "default-src 'none'; connect-src 'self'";

    public async Task InvokeAsync(HttpContext context)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var path = context.Request.Path.Value ?? "";
        if (context.GetEndpoint() is not null) await next(context);
        // The root of a server below a path, without its slash: links of the page would miss the path.
        else if (isRead && path.Length == 0)
            RelativeRedirect.Write(context, context.Request.QueryString.ToString());
        else if (await files.FindAsync(path, context.RequestAborted) is not { } file) await next(context);
        else if (isRead) await AnswerAsync(context, file);
        else
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
        }
    }

    private async Task AnswerAsync(HttpContext context, WebFile file)
    {
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
        else if (context.Request.Path == Worker) headers.ContentSecurityPolicy = WorkerPolicy;
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
