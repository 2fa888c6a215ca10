using System.Net;
using System.Text.Json;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Connection;

/// <summary>The server itself, not a proxy on the way, refused a request: the same request would be refused
/// again.</summary>
internal sealed class ServerRefusal(string reason, HttpStatusCode status)
    : HttpRequestException($"The server refused: {reason}", null, status)
{
    private const int MostBytes = 4 * 1024;

    /// <summary>What the server said.</summary>
    public string Reason { get; } = reason;

    /// <summary>Null when the answer is not a refusal.</summary>
    public static async Task<ServerRefusal?> OfAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
            or HttpStatusCode.Forbidden) || !answer.Headers.Contains(ChatHubRoute.ErrorHeader)) return null;
        var reason = await ReasonAsync(answer.Content, ct).ConfigureAwait(false);
        return new ServerRefusal(reason ?? $"{(int)answer.StatusCode} {answer.ReasonPhrase}", answer.StatusCode);
    }

    private static async Task<string?> ReasonAsync(HttpContent content, CancellationToken ct)
    {
        try
        {
            var stream = await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            var bytes = new byte[MostBytes];
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct)
                .ConfigureAwait(false);
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length));
            return json.RootElement.GetProperty("error").GetString();
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException or KeyNotFoundException
            or InvalidOperationException)
        {
            return null; // the status says enough
        }
    }
}
