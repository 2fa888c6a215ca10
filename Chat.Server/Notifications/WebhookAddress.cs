using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Notifications;

/// <summary>Where notices are posted to. The address may be a secret, so it is written nowhere: what is stored and
/// shown is <see cref="Id"/> and the host.</summary>
internal sealed record WebhookAddress(Uri Uri)
{
    /// <summary>How the names of <see cref="Queue"/>s begin.</summary>
    public const string QueuePrefix = "webhooks.";

    private const int LongestQueue = 64, IdLength = 16;

    /// <summary>Names it, and does not tell it.</summary>
    public string Id { get; } = IdOf(Uri);

    public string Host => Uri.IdnHost;

    /// <summary>The queue of all notices to its host, so that a slow one holds up no other.</summary>
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
