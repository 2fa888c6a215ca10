using Chat.Server.Webhooks.Posting;
using Chat.Server.Webhooks.Store;

namespace Chat.Server.Webhooks;

/// <summary>The endpoints, one object each for as long as the server runs.</summary>
internal sealed class WebhookObservers
{
    private readonly Dictionary<string, WebhookObserver> _all;

    public WebhookObservers(
        AllWebhooks settings, WebhookStore store, WebhookHttp http, WebhookMetrics metrics, IServiceProvider services)
    {
        var conversations = new WebhookConversations(store);
        var (time, logger) = (services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<WebhookHealth>>());
        _all = settings.Endpoints.ToDictionary(one => one.Name, one => new WebhookObserver(
            one, new WebhookHealth(one.Name, store, time, logger), conversations, http, metrics));
        metrics.Show(_all.Values);
    }

    public WebhookObserver Of(string name) => _all[name];
}
