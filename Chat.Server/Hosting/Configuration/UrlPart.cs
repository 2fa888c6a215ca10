using Chat.Server.Configuration;

namespace Chat.Server.Hosting.Configuration;

/// <summary>The parts of a URL that holds a password: read without ever showing them.</summary>
/// <remarks>Not <see cref="Uri"/>: it refuses hosts with underscores and passwords that people really have, and its
/// messages show the text.</remarks>
internal static class UrlPart
{
    public static (string Before, string After) Cut(string text, int at) =>
        at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);

    /// <summary>Undoes percent encoding.</summary>
    /// <exception cref="ConfigurationException">A % is not followed by two hexadecimal digits.</exception>
    public static string Decode(string setting, string text)
    {
        for (var i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%', i + 1))
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                throw new ConfigurationException(
                    $"{setting} has a % that is not followed by two hexadecimal digits; write %25 for the "
                        + $"character itself");
        return Uri.UnescapeDataString(text);
    }

    /// <summary>Reads <c>host:port</c>, with an IPv6 host in brackets; null for what is left out.</summary>
    /// <exception cref="ConfigurationException">A bracket is not closed, or the port is none.</exception>
    public static (string? Host, int? Port) HostAndPort(string setting, string text)
    {
        var closing = text.IndexOf(']');
        var isIPv6 = text.StartsWith('[');
        if (isIPv6 && closing < 0)
            throw new ConfigurationException($"{setting} has an IPv6 host without its closing bracket");
        var (host, port) = Cut(text, text.IndexOf(':', Math.Max(closing, 0)));
        if (isIPv6) host = host[1..^1];
        return (host.Length > 0
            ? Decode(setting, host)
            : null, port.Length > 0 ? PortNumber.Parse($"the port in {setting}", port) : null);
    }
}
