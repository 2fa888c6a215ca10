using System.Text;

namespace Chat.Server.Webhooks.Posting;

/// <summary>The keys of signatures, as Standard Webhooks writes them: <c>whsec_</c> and the bytes in base64.</summary>
internal static class WebhookSecret
{
    public const string Prefix = "whsec_";

    /// <summary>Bytes of a key.</summary>
    public const int Least = 24, Most = 64;

    /// <summary>The key of a secret in the form of the standard; null: it is none.</summary>
    public static byte[]? Read(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var count)
            && count is >= Least and <= Most
                ? bytes[..count]
                : null;
    }

    /// <summary>The key of any secret. One that is not of the standard's form is its text.</summary>
    public static byte[] ReadAny(string secret) => Read(secret) ?? Encoding.UTF8.GetBytes(secret);
}
