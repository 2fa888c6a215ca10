namespace Chat.Server.Web;

/// <summary>Sends a browser elsewhere by an address that is relative to the one it asked for: it holds below whatever
/// path a proxy publishes the server, and whether the proxy takes that path off or not.</summary>
internal static class RelativeRedirect
{
    /// <param name="http">A GET.</param>
    /// <param name="to">The address from the server's root on, without the slash at its beginning.</param>
    public static void Write(HttpContext http, string to)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = Up(http.Request) + to;
    }

    private static string Up(HttpRequest request)
    {
        if (request.Path.Value is not { Length: > 0 } path) return LastPart(request.PathBase) + "/"; // of the root
        return string.Concat(Enumerable.Repeat("../", path.AsSpan(1).Count('/')));
    }

    private static string LastPart(PathString path) => path.Value![(path.Value!.LastIndexOf('/') + 1)..];
}
