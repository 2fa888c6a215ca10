using System.Net;

namespace Chat.Server.Configuration;

internal static class ListenAddress
{
    /// <summary>An address that can be opened in a browser: wildcards also listen on localhost.</summary>
    public static string ForPeople(string address) => address
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
        .Replace("//*", "//localhost", StringComparison.Ordinal)
        .Replace("//+", "//localhost", StringComparison.Ordinal);

    /// <summary>True where only programs of this machine can connect to.</summary>
    public static bool IsOfThisMachine(string address)
    {
        if (address.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("http://pipe:", StringComparison.OrdinalIgnoreCase)) return true;
        // Wildcards, which are no host names.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url)) return false;
        return url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
