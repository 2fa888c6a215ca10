using Chat.Contracts.Entries;
using Chat.Server.Webhooks.Posting;

namespace Chat.Server.Webhooks;

/// <summary>An endpoint: it posts the entries one by one, each with an id of its own, so that receivers know what comes
/// again.</summary>
internal sealed class WebhookObserver(
    WebhookSettings settings, WebhookHealth health, WebhookConversations conversations, WebhookHttp http,
    WebhookMetrics metrics)
    : IChatObserver
{
    public string Name => settings.Name;

    public WebhookHealth Health => health;

    public async Task OnAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
    {
        foreach (var entry in entries)
            if (settings.Conversations?.Contains(entry.ConversationId) != false
                && await conversations.FindAsync(entry.ConversationId, ct) is { IsPublic: false } about
                && (settings.Tenant ?? about.Tenant) == about.Tenant)
                await TellAsync(WebhookEntry.IdOf(entry), WebhookEntry.ToJson(entry, about.Tenant), ct);
    }

    /// <exception cref="WebhookFailedException">It was not taken; the observer's pauses follow.</exception>
    private async Task TellAsync(string id, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        while (true)
        {
            await health.WhenOpenAsync(ct);
            var answer = await http.TellAsync(settings.Url, settings.Keys, id, body, settings.Timeout, ct);
            metrics.Posted(settings.Name, isTaken: answer.Problem is null);
            if (answer.Problem is not { } problem)
            {
                await health.SucceededAsync(ct);
                return;
            }
            if (!await health.FailedAsync(answer, ct)) throw new WebhookFailedException(problem);
        }
    }
}
