namespace Chat.Server.Hosting.Http;

/// <summary>What every answer tells browsers, errors included. A page that needs more says so itself, over
/// these.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // An answer is data unless it says otherwise: it loads nothing, and it cannot be shown in a frame.
    private const string Policy = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        Apply(http.Response.Headers);
        return next(http);
    }

    /// <summary>Once more, for an answer that was cleared.</summary>
    public static void Apply(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }
}
