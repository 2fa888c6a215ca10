using Chat.Contracts.Identifiers;
using Chat.Server.Observers;
using Chat.Server.Persistence;
using Chat.Server.Webhooks.Store;

namespace Chat.Server.Webhooks;

/// <summary>What operators see of the endpoints, and do with them. Failures are <see cref="StoreException"/>.
/// </summary>
internal sealed partial class WebhookDesk(
    AllWebhooks settings, WebhookStore store, ObserverStores observers, ObserverRewinds rewinds,
    ILogger<WebhookDesk> logger)
{
    /// <summary>As the settings of this instance have them, in their order.</summary>
    public async Task<List<WebhookState>> ListAsync(CancellationToken ct)
    {
        if (settings.Endpoints.Count == 0) return [];
        var rows = await store.ListAsync(ct);
        var parked = await observers.Parked.CountAsync(ct);
        var marks = (await observers.Leases.ListAsync(ct)).ToDictionary(row => row.Name, row => row.Mark);
        var end = await observers.Log.FindEndAsync(ct);
        return
        [
            .. settings.Endpoints.Select(one =>
            {
                var row = rows.GetValueOrDefault(one.Name);
                return new WebhookState(one.Name, row?.FailingSince, row?.DisabledAt, row?.Reason,
                    Math.Max(0, end - marks.GetValueOrDefault(one.Observer, end)),
                    parked.GetValueOrDefault(one.Observer));
            }),
        ];
    }

    /// <summary>It is posted to again, from where it was, and what waits for its next try is tried at once.</summary>
    /// <returns>How it is now; null: there is none of this name.</returns>
    public async Task<WebhookState?> EnableAsync(string name, CancellationToken ct)
    {
        if (Find(name) is not { } webhook) return null;
        if (await store.EnableAsync(webhook.Name, ct)) Log.Enabled(logger, webhook.Name);
        await rewinds.RetryAsync(webhook.Observer, ct);
        return await StateOfAsync(webhook, ct);
    }

    /// <summary>It is told again of all from there on.</summary>
    /// <returns>How it is now; null: there is none of this name.</returns>
    public async Task<WebhookState?> ReplayAsync(
        string name, ChatStart from, ConversationId? only, CancellationToken ct)
    {
        if (Find(name) is not { } webhook) return null;
        if (!await observers.Leases.ExistsAsync(webhook.Observer, ct)) // it begins there
            await observers.Leases.AddAsync(
                webhook.Observer, await observers.Rewinds.FindMarkAsync(from, ct), ct);
        await rewinds.RewindAsync(webhook.Observer, from, only, ct);
        return await StateOfAsync(webhook, ct);
    }

    private WebhookSettings? Find(string name) => settings.Endpoints.FirstOrDefault(one => one.Name == name);

    private async Task<WebhookState> StateOfAsync(WebhookSettings webhook, CancellationToken ct) =>
        (await ListAsync(ct)).Single(state => state.Name == webhook.Name);

    private static partial class Log
    {
        [LoggerMessage(9793, LogLevel.Information, "Webhook {Webhook} is enabled again")]
        public static partial void Enabled(ILogger logger, string webhook);
    }
}
