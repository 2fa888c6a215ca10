using System.Globalization;
using Chat.Server.Configuration;
using StackExchange.Redis;

namespace Chat.Server.Hosting.Configuration;

/// <summary>
/// Reads <c>redis://user:password@host:port/0</c>, or <c>rediss://</c> for TLS: one server, or one node of a Redis
/// Cluster.
/// </summary>
internal static class RedisUrl
{
    private const string Separator = "://", DefaultHost = "localhost", DefaultUser = "default";
    private const int DefaultPort = 6379;

    /// <exception cref="ConfigurationException">Names the setting and the part that is wrong, never the text
    /// itself.</exception>
    public static ConfigurationOptions Parse(string setting, string text)
    {
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        var scheme = text[..end].ToLowerInvariant();
        if (scheme is not ("redis" or "rediss"))
            throw new ConfigurationException($"{setting} must start with redis:// or rediss://, or be host:port");
        var rest = text[(end + Separator.Length)..];
        if (rest.Contains(',', StringComparison.Ordinal))
            throw new ConfigurationException(
                $"{setting} is a list of URLs, and conversations are no longer divided among servers here: "
                + "use a Redis Cluster (host1:6379,host2:6379,password=...) or sentinels "
                + "(host1:26379,host2:26379,serviceName=name,password=...); "
                + "write a comma in a password as %2C");
        if (rest.Contains('?', StringComparison.Ordinal))
            throw new ConfigurationException(
                $"{setting} has parameters after a ?, and none are supported; write a ? in a password as %3F");
        var at = rest.LastIndexOf('@');
        var (authority, database) = UrlPart.Cut(rest[(at + 1)..], rest[(at + 1)..].IndexOf('/'));
        // Publishing does not know databases; a number is taken because such URLs have one.
        if (database.Length > 0 && !int.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new ConfigurationException($"the database in {setting} must be a number");
        var (host, port) = UrlPart.HostAndPort(setting, authority);
        var options = new ConfigurationOptions { Ssl = scheme == "rediss" };
        options.EndPoints.Add(host ?? DefaultHost, port ?? DefaultPort);
        if (at >= 0) LogIn(setting, options, rest[..at]);
        return options;
    }

    private static void LogIn(string setting, ConfigurationOptions options, string userInfo)
    {
        var (user, password) = UrlPart.Cut(userInfo, userInfo.IndexOf(':'));
        if (UrlPart.Decode(setting, user) is { Length: > 0 } name and not DefaultUser) options.User = name;
        if (password.Length > 0) options.Password = UrlPart.Decode(setting, password);
    }
}
