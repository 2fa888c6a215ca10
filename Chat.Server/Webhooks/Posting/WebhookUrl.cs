namespace Chat.Server.Webhooks.Posting;

/// <summary>Which addresses may be posted to: those of settings, over https. They may be secret, so no text has one.
/// </summary>
internal static class WebhookUrl
{
    /// <summary>What is wrong with an address; null: nothing is.</summary>
    /// <param name="text">The address.</param>
    /// <param name="allowHttp">Any may be http; else only those of this machine.</param>
    /// <param name="permit">The setting that permits http.</param>
    public static string? FindProblem(string text, bool allowHttp, string permit)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
            return "is not an absolute https address";
        return uri.Scheme == Uri.UriSchemeHttp && !allowHttp && !uri.IsLoopback
            ? $"is not https; {permit}=true permits it"
            : null;
    }
}
