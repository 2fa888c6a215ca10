using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Webhooks.Posting;

/// <summary>A signed post, as Standard Webhooks (standardwebhooks.com) says.</summary>
/// <remarks>The id and the time are signed too: so a receiver that refuses old times and passes over ids that it has
/// seen is safe from replays.</remarks>
internal static class WebhookRequest
{
    /// <summary>What the post is about, the same on every attempt.</summary>
    public const string Id = "webhook-id";

    /// <summary>When it was signed: Unix seconds.</summary>
    public const string Timestamp = "webhook-timestamp";

    /// <summary>The signatures.</summary>
    public const string Signature = "webhook-signature";

    /// <param name="address">Where to.</param>
    /// <param name="keys">Each signs.</param>
    /// <param name="id">See <see cref="Id"/>.</param>
    /// <param name="timestamp">See <see cref="Timestamp"/>.</param>
    /// <param name="body">JSON.</param>
    public static HttpRequestMessage Create(
        Uri address, IReadOnlyList<byte[]> keys, string id, long timestamp, ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ReadOnlyMemoryContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
            },
        };
        request.Headers.Add(Id, id);
        request.Headers.Add(Timestamp, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(Signature, Sign(keys, id, timestamp, body.Span));
        return request;
    }

    /// <summary>HMAC-SHA256 (RFC 2104) of <c>{id}.{timestamp}.{body}</c> in base64, <c>v1,</c> before it: one for each
    /// key, separated by spaces. A receiver accepts any that it can check.</summary>
    public static string Sign(IReadOnlyList<byte[]> keys, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var prefix = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var signed = new byte[prefix.Length + body.Length];
        prefix.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(prefix.Length));
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }
}
