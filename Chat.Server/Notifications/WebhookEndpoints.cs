namespace Chat.Server.Notifications;

/// <summary>The configured addresses, each with its own circuit breaker.</summary>
internal sealed class WebhookEndpoints : IDisposable
{
    // so that DNS changes are noticed
    private static readonly TimeSpan ConnectionsLiveFor = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionsLiveFor,
            MaxResponseDrainSize = 0, // only the status of an answer counts
        })
    {
        Timeout = Timeout.InfiniteTimeSpan, // the endpoint has its own bound
    };

    /// <summary>How many notices an instance posts to one host at once.</summary>
    private const int AtOnce = 16;

    private readonly Dictionary<string, WebhookEndpoint> _endpoints = new(StringComparer.Ordinal);

    public WebhookEndpoints(NotificationsOptions options, TimeProvider time)
    {
        foreach (var host in options.Addresses().GroupBy(address => address.Queue))
        {
            var turns = new SemaphoreSlim(AtOnce);
            foreach (var address in host)
                _endpoints.Add(address.Id, new WebhookEndpoint(address, _http, turns, options, time));
        }
    }

    /// <summary>Null when it is not configured.</summary>
    /// <param name="id">Its <see cref="WebhookAddress.Id"/>.</param>
    public WebhookEndpoint? Find(string id) => _endpoints.GetValueOrDefault(id);

    public void Dispose() => _http.Dispose();
}
