using System.Globalization;
using Chat.Server.FanOut.Backplane.Redis;

namespace Chat.Server.Hosting.Configuration;

/// <summary>Reads <c>redis://:password@host:port/0</c>, or <c>rediss://</c> for TLS. Several nodes are separated by commas.</summary>
internal static class RedisUrl
{
    private const string DefaultHost = "localhost", DefaultUser = "default";
    private const int DefaultPort = 6379;

    /// <returns>Null when Redis is not configured.</returns>
    /// <exception cref="ConfigurationException">Names the setting and the part that is wrong, never the text itself.</exception>
    public static RedisSettings? Resolve(IConfiguration configuration)
    {
        foreach (var setting in (string[])[SettingName.RedisConnectionString, SettingName.RedisUrl])
            if (configuration[setting] is { } text && !string.IsNullOrWhiteSpace(text)) return Parse(setting, text);
        return null;
    }

    public static RedisSettings Parse(string setting, string text)
    {
        RedisEndpoint[] nodes = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(node => ParseNode(setting, node))];
        if (nodes.DistinctBy(node => (node.Host, node.Port)).Count() < nodes.Length) throw new ConfigurationException($"{setting} names a node twice");
        return new RedisSettings(nodes);
    }

    private static RedisEndpoint ParseNode(string setting, string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = end < 0 ? "" : text[..end].ToLowerInvariant();
        if (scheme is not ("redis" or "rediss"))
            throw new ConfigurationException($"{setting} must start with redis:// or rediss://, and so must each further node after a comma; a comma in a password is %2C");
        var rest = text[(end + 3)..];
        if (rest.Contains('?', StringComparison.Ordinal)) throw new ConfigurationException($"{setting} has parameters after a ?, and none are known; a ? in a password is %3F");
        var at = rest.LastIndexOf('@');
        var (authority, database) = UrlPart.Cut(rest[(at + 1)..], rest[(at + 1)..].IndexOf('/'));
        // Publishing does not know databases; a number is taken because such URLs have one.
        if (database.Length > 0 && !int.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new ConfigurationException($"the database in {setting} must be a number");
        var (host, port) = UrlPart.HostAndPort(setting, authority);
        return new RedisEndpoint(host ?? DefaultHost, port ?? DefaultPort, scheme == "rediss", at < 0 ? null : Password(setting, rest[..at]));
    }

    private static string? Password(string setting, string userInfo)
    {
        var (user, password) = UrlPart.Cut(userInfo, userInfo.IndexOf(':'));
        // The client library logs in with a password alone, which is the default user's.
        if (user.Length > 0 && UrlPart.Decode(setting, user) != DefaultUser)
            throw new ConfigurationException($"the user in {setting} must be left out or be {DefaultUser}: other users cannot log in");
        return password.Length > 0 ? UrlPart.Decode(setting, password) : null;
    }
}
