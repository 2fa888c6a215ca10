using System.Diagnostics.Metrics;
using Chat.Server.Observability;

namespace Chat.Server.Webhooks;

/// <summary>Counts posts, and shows which endpoints are disabled.</summary>
internal sealed class WebhookMetrics
{
    private readonly Counter<long> _posts;
    private IReadOnlyCollection<WebhookObserver> _shown = [];

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ChatMetrics.MeterName);
        _posts = meter.CreateCounter<long>("chat.webhook.posts", "{post}", "Posts to webhooks, repeats included");
        meter.CreateObservableGauge("chat.webhook.disabled",
            () => _shown.Select(one => new Measurement<long>(one.Health.IsDisabled ? 1 : 0, TagOf(one.Name))),
            "", "1 for a webhook that is disabled, at the instance that runs it");
    }

    public void Posted(string webhook, bool isTaken) =>
        _posts.Add(1, TagOf(webhook), new("outcome", isTaken ? "taken" : "failed"));

    public void Show(IReadOnlyCollection<WebhookObserver> webhooks) => _shown = webhooks;

    private static KeyValuePair<string, object?> TagOf(string webhook) => new("webhook", webhook);
}
