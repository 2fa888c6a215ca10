namespace Chat.Server.Webhooks.Posting;

/// <summary>Posts to webhooks, one attempt each time.</summary>
internal sealed class WebhookHttp(TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = WebhookClient.Create();

    /// <summary>Ends when the answer's headers are there.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        Uri url, IReadOnlyList<byte[]> keys, string id, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        using var request = WebhookRequest.Create(url, keys, id, time.GetUtcNow().ToUnixTimeSeconds(), body);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    /// <summary>Ends when it was taken, or is known not to be.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; whether it was taken is not known.</exception>
    public async Task<WebhookAnswer> TellAsync(
        Uri url, IReadOnlyList<byte[]> keys, string id, ReadOnlyMemory<byte> body, TimeSpan timeout,
        CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        try
        {
            using var answer = await PostAsync(url, keys, id, body, either.Token);
            return WebhookAnswer.Of(answer, url.IdnHost, time.GetUtcNow());
        }
        catch (HttpRequestException e)
        {
            return WebhookAnswer.Failed($"{url.IdnHost} cannot be reached: {e.Message}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return WebhookAnswer.Failed($"{url.IdnHost} took longer than {timeout.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _http.Dispose();
}
