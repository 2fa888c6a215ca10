namespace Chat.Server.Webhooks.Posting;

/// <summary>What posts: it follows no redirect, keeps no cookie, and reads of an answer only what is asked for.
/// </summary>
internal static class WebhookClient
{
    // So that DNS changes are noticed.
    private static readonly TimeSpan ConnectionsLiveFor = TimeSpan.FromMinutes(2);

    private const int HeaderKilobytes = 16, DrainedBytes = 16 * 1024;

    /// <summary>Without a bound of its own: each attempt has one.</summary>
    public static HttpClient Create() => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionsLiveFor,
            MaxResponseHeadersLength = HeaderKilobytes,
            MaxResponseDrainSize = DrainedBytes, // more of an answer that nobody reads ends its connection
        })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
