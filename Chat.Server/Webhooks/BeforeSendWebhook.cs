using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.Policies;
using Chat.Server.Webhooks.Posting;

namespace Chat.Server.Webhooks;

/// <summary>Asks an endpoint before a message or an edit is stored: one attempt, within the policy's time.</summary>
internal sealed class BeforeSendWebhook(BeforeSendSettings settings, WebhookHttp http, TimeProvider time) : IChatPolicy
{
    public ValueTask<ChatVerdict> DecideAsync(ChatAct act, CancellationToken ct) =>
        act.Kind is ChatActKind.Send or ChatActKind.Edit && act.ConversationId != ConversationId.Lobby
            ? AskAsync(act, ct)
            : ValueTask.FromResult(ChatVerdict.Allow);

    /// <exception cref="WebhookFailedException">It did not decide.</exception>
    private async ValueTask<ChatVerdict> AskAsync(ChatAct act, CancellationToken ct)
    {
        var draft = act.Draft;
        var (host, id) = (settings.Url.IdnHost, $"{Guid.CreateVersion7(time.GetUtcNow()):N}");
        try
        {
            using var answer = await http.PostAsync(settings.Url, settings.Keys, id,
                BeforeSendQuestion.ToJson(act, draft, time.GetUtcNow()), ct);
            if (!answer.IsSuccessStatusCode)
                throw new WebhookFailedException($"{host} answered {(int)answer.StatusCode}");
            return await BeforeSendAnswer.ReadAsync(answer.Content, draft, ct);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException)
        {
            throw new WebhookFailedException($"what {host} answered is no verdict: {e.Message}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new WebhookFailedException($"no answer of {host}: {e.Message}");
        }
    }
}
