namespace Chat.Server.Notifications;

/// <summary>The configured addresses, each with a circuit breaker of its own.</summary>
internal sealed class WebhookEndpoints : IDisposable
{
    // so that a changed address of a name is noticed
    private static readonly TimeSpan ConnectionsLiveFor = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionsLiveFor
        })
    {
        Timeout = Timeout.InfiniteTimeSpan, // the endpoint has its own bound
    };

    private readonly Dictionary<Uri, WebhookEndpoint> _endpoints;

    public WebhookEndpoints(NotificationsOptions options, TimeProvider time) =>
        _endpoints = options.EndpointUris()
            .ToDictionary(uri => uri, uri => new WebhookEndpoint(uri, _http, options, time));

    /// <summary>Null when it is none that is configured.</summary>
    public WebhookEndpoint? Find(Uri address) => _endpoints.GetValueOrDefault(address);

    public void Dispose() => _http.Dispose();
}
