using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Chat.Server.Hosting.Http;

/// <summary>The names by which this server may be asked. Addresses and names of this machine (<c>localhost</c> and what
/// ends in <c>.localhost</c>) always are.</summary>
internal sealed class AllowedHosts
{
    private const string Any = "*", Below = "*.", Local = "localhost", BelowLocal = ".localhost";

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _domains = [];
    private bool _any;

    private AllowedHosts()
    {
    }

    /// <exception cref="FormatException">The text is not as <see cref="TryParse"/> wants it.</exception>
    public static AllowedHosts Parse(string text) =>
        TryParse(text, out var hosts, out var problem) ? hosts : throw new FormatException(problem);

    /// <param name="text">Names such as <c>chat.example.com</c>, <c>*.example.com</c> for all below one, or <c>*</c>
    /// for all, separated by commas.</param>
    /// <param name="hosts">What was read.</param>
    /// <param name="problem">The part that is none of it.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out AllowedHosts? hosts, [NotNullWhen(false)] out string? problem)
    {
        var read = new AllowedHosts();
        (hosts, problem) = (null, null);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (!read.Add(part))
            {
                problem = part;
                return false;
            }
        hosts = read;
        return true;
    }

    /// <param name="host">What a request names, without the port. Empty, as HTTP/1.0 allows, is allowed: browsers
    /// always name one.</param>
    public bool Contains(string host)
    {
        if (_any || host.Length == 0 || IPAddress.TryParse(host, out _)) return true;
        var name = Plain(host);
        return name.Equals(Local, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(BelowLocal, StringComparison.OrdinalIgnoreCase)
            || _names.Contains(name)
            || _domains.Exists(domain => name.Length > domain.Length
                && name.EndsWith(domain, StringComparison.OrdinalIgnoreCase));
    }

    private bool Add(string part)
    {
        if (part == Any) return _any = true;
        var name = Plain(part.StartsWith(Below, StringComparison.Ordinal) ? part[Below.Length..] : part);
        if (Uri.CheckHostName(name) == UriHostNameType.Unknown) return false;
        if (part.StartsWith(Below, StringComparison.Ordinal)) _domains.Add("." + name);
        else _names.Add(name);
        return true;
    }

    /// <summary>A dot at the end only says that the name is complete.</summary>
    private static string Plain(string name) => name.EndsWith('.') ? name[..^1] : name;
}
