using Npgsql;

namespace Chat.Server.Hosting.Configuration;

/// <summary>Reads <c>postgres://user:password@host:port/database?sslmode=…</c> the way libpq, asyncpg and pgx users write it.</summary>
/// <remarks>Not <see cref="Uri"/>: it refuses hosts with underscores and passwords that people really have, and its messages show the text.</remarks>
internal static class PostgresUrl
{
    private static readonly string[] Schemes = ["postgres", "postgresql"];
    private static readonly string[] Drivers = ["asyncpg", "pgx"];

    public static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);

    /// <exception cref="ConfigurationException">Names the setting and the part that is wrong, never the text itself.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string setting, string text)
    {
        var rest = AfterScheme(setting, text);
        var (beforeQuery, query) = Cut(rest, rest.IndexOf('?'));
        var (authority, path) = Cut(beforeQuery, beforeQuery.IndexOf('/'));
        var at = authority.LastIndexOf('@');

        var connection = new NpgsqlConnectionStringBuilder { Username = PostgresDefaults.User };
        if (at >= 0) SetUser(connection, setting, authority[..at]);
        SetHost(connection, setting, authority[(at + 1)..]);
        connection.Database = path.Length > 0 ? Decode(setting, path) : PostgresDefaults.Database;
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(pair, pair.IndexOf('='));
            PostgresUrlParameters.Apply(connection, setting, Decode(setting, name), Decode(setting, value));
        }
        return connection;
    }

    private static string AfterScheme(string setting, string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        var (scheme, driver) = Cut(end < 0 ? "" : text[..end], text.AsSpan(0, Math.Max(end, 0)).IndexOf('+'));
        if (!Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase)
            || (driver.Length > 0 && !Drivers.Contains(driver, StringComparer.OrdinalIgnoreCase)))
            throw new ConfigurationException($"{setting} must start with postgres:// or postgresql://, with or without +asyncpg or +pgx");
        return text[(end + 3)..];
    }

    private static void SetUser(NpgsqlConnectionStringBuilder connection, string setting, string userInfo)
    {
        var (user, password) = Cut(userInfo, userInfo.IndexOf(':'));
        if (user.Length > 0) connection.Username = Decode(setting, user);
        if (password.Length > 0) connection.Password = Decode(setting, password);
    }

    private static void SetHost(NpgsqlConnectionStringBuilder connection, string setting, string text)
    {
        if (text.Contains(',')) throw new ConfigurationException($"{setting} must name one host");
        var closing = text.IndexOf(']');
        var isIPv6 = text.StartsWith('[');
        if (isIPv6 && closing < 0) throw new ConfigurationException($"{setting} has an IPv6 host without its closing bracket");
        var (host, port) = Cut(text, text.IndexOf(':', Math.Max(closing, 0)));
        if (isIPv6) host = host[1..^1];
        connection.Host = host.Length > 0 ? Decode(setting, host) : PostgresDefaults.Host;
        connection.Port = port.Length > 0 ? PortNumber.Parse($"the port in {setting}", port) : PostgresDefaults.Port;
    }

    private static (string Before, string After) Cut(string text, int at) => at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);

    private static string Decode(string setting, string text)
    {
        for (var i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%', i + 1))
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                throw new ConfigurationException($"{setting} has a % that is not followed by two hexadecimal digits; write %25 for the character itself");
        return Uri.UnescapeDataString(text);
    }
}
