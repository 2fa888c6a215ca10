using System.Text.Json;
using Chat.Server.Tasks;

namespace Chat.Server.Notifications;

/// <summary>Post a notice to one address.</summary>
/// <param name="Endpoint">The address's <see cref="WebhookAddress.Id"/>; an address that is no longer configured gets
/// nothing. Earlier versions stored the address.</param>
/// <param name="EventId">The event.</param>
/// <param name="Body">JSON, the same on every attempt but for the previews.</param>
internal sealed record DeliverTask(string Endpoint, string EventId, string Body)
{
    /// <summary>Previews of messages are put in when it is posted: so no task keeps the text of a message that is
    /// deleted meanwhile.</summary>
    public bool WithPreviews { get; init; }

    public const string Type = "notifications.deliver";

    /// <summary><see cref="WebhookAddress.Id"/>, whichever version wrote it.</summary>
    public string EndpointId() =>
        Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) ? WebhookAddress.IdOf(address) : Endpoint;

    /// <summary>The payload without an address in it.</summary>
    public static byte[] Shown(byte[] payload)
    {
        var task = JsonSerializer.Deserialize(payload, NotificationJson.Default.DeliverTask);
        return task is null
            ? []
            : JsonSerializer.SerializeToUtf8Bytes(
                task with { Endpoint = task.EndpointId() }, NotificationJson.Default.DeliverTask);
    }

    public static TaskPlan PlanFor(WebhookAddress address, NotificationsOptions options) =>
        new() { Queue = address.Queue, MaxRetry = options.MaxRetry };
}
