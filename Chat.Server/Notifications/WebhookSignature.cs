using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Notifications;

/// <summary>Proves the sender and time of a notice to its receiver: HMAC-SHA256 (RFC 2104) of
/// <c>{timestamp}.{body}</c>, in hexadecimal, <c>v1=</c> before it.</summary>
/// <remarks>The time is signed too, so a receiver that refuses old times is safe from replays.</remarks>
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
