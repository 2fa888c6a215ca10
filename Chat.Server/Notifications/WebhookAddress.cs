using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Notifications;

/// <summary>The address of a webhook. It may be a secret, so it is never stored or shown: <see cref="Id"/> and the host
/// are.</summary>
internal sealed record WebhookAddress(Uri Uri)
{
    /// <summary>The prefix of <see cref="Queue"/> names.</summary>
    public const string QueuePrefix = "webhooks.";

    private const int LongestQueue = 64, IdLength = 16;

    /// <summary>Identifies the address without revealing it.</summary>
    public string Id { get; } = IdOf(Uri);

    public string Host => Uri.IdnHost;

    /// <summary>The queue of all notices to its host, so that a slow host does not delay others.</summary>
    public string Queue { get; } = QueueOf(Uri);

    /// <summary>The name of an address.</summary>
    public static string IdOf(Uri address) => Hash(address.AbsoluteUri);

    private static string QueueOf(Uri address)
    {
        var host = address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}-{address.Port}";
        var name = QueuePrefix + string.Concat(host.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-'));
        return name.Length <= LongestQueue ? name : QueuePrefix + Hash(host);
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdLength];
}
