using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Notifications;

/// <summary>The headers that notices had before those of Standard Webhooks, for receivers that still check them:
/// HMAC-SHA256 (RFC 2104) of <c>{timestamp}.{body}</c>, in hexadecimal, <c>v1=</c> before it. They go with the next
/// version.</summary>
internal static class WebhookSignature
{
    /// <summary>The signatures.</summary>
    public const string Header = "X-Chat-Signature";

    /// <summary>When it was signed: Unix seconds.</summary>
    public const string TimestampHeader = "X-Chat-Timestamp";

    /// <summary>The event, the same on every attempt: a receiver that has seen it may ignore it.</summary>
    public const string EventHeader = "X-Chat-Event";

    /// <summary>One signature for each key, separated by commas: a receiver accepts any that it can check.</summary>
    public static string Sign(IReadOnlyList<string> secrets, long timestamp, ReadOnlySpan<byte> body)
    {
        var prefix = Encoding.ASCII.GetBytes(timestamp.ToString(CultureInfo.InvariantCulture) + ".");
        var signed = new byte[prefix.Length + body.Length];
        prefix.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(prefix.Length));
        return string.Join(',',
            secrets.Select(secret =>
                "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))));
    }
}
