namespace Chat.Server.Transports.Http;

/// <summary>Whether a request was made by a page of another site, through a visitor's browser.</summary>
internal static class CrossSite
{
    /// <summary>A browser says for which page it asks (Fetch Metadata, and <c>Origin</c>). Programs say nothing of
    /// that.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        // The scheme is not compared: behind a proxy that ends TLS, and is not trusted, ours is not the browser's.
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
