using Chat.Server.Webhooks.Posting;

namespace Chat.Server.Notifications;

/// <summary>The configured addresses, each with its own circuit breaker.</summary>
internal sealed class NoticeEndpoints : IDisposable
{
    private readonly HttpClient _http = WebhookClient.Create();

    /// <summary>How many notices an instance posts to one host at once.</summary>
    private const int AtOnce = 16;

    private readonly Dictionary<string, NoticeEndpoint> _endpoints = new(StringComparer.Ordinal);

    public NoticeEndpoints(NotificationsOptions options, TimeProvider time)
    {
        foreach (var host in options.Addresses().GroupBy(address => address.Queue))
        {
            var turns = new SemaphoreSlim(AtOnce);
            foreach (var address in host)
                _endpoints.Add(address.Id, new NoticeEndpoint(address, _http, turns, options, time));
        }
    }

    /// <summary>Null when it is not configured.</summary>
    /// <param name="id">Its <see cref="WebhookAddress.Id"/>.</param>
    public NoticeEndpoint? Find(string id) => _endpoints.GetValueOrDefault(id);

    public void Dispose() => _http.Dispose();
}
