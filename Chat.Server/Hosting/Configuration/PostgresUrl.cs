using Chat.Server.Configuration;
using Npgsql;

namespace Chat.Server.Hosting.Configuration;

/// <summary>Reads <c>postgres://user:password@host:port/database?sslmode=…</c> the way libpq, asyncpg and pgx users
/// write it.</summary>
/// <remarks>Not <see cref="Uri"/>: it refuses hosts with underscores and passwords that people really have, and its
/// messages show the text.</remarks>
internal static class PostgresUrl
{
    private static readonly string[] Schemes = ["postgres", "postgresql"];
    private static readonly string[] Drivers = ["asyncpg", "pgx"];

    public static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);

    /// <exception cref="ConfigurationException">Names the setting and the part that is wrong, never the text
    /// itself.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string setting, string text)
    {
        var rest = AfterScheme(setting, text);
        var (beforeQuery, query) = UrlPart.Cut(rest, rest.IndexOf('?'));
        var (authority, path) = UrlPart.Cut(beforeQuery, beforeQuery.IndexOf('/'));
        var at = authority.LastIndexOf('@');

        var connection = new NpgsqlConnectionStringBuilder { Username = PostgresDefaults.User };
        if (at >= 0) SetUser(connection, setting, authority[..at]);
        SetHost(connection, setting, authority[(at + 1)..]);
        connection.Database = path.Length > 0 ? UrlPart.Decode(setting, path) : PostgresDefaults.Database;
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = UrlPart.Cut(pair, pair.IndexOf('='));
            PostgresUrlParameters.Apply(connection, setting, UrlPart.Decode(setting, name),
                UrlPart.Decode(setting, value));
        }
        return connection;
    }

    private static string AfterScheme(string setting, string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        var (scheme, driver) = UrlPart.Cut(end < 0 ? "" : text[..end], text.AsSpan(0, Math.Max(end, 0)).IndexOf('+'));
        if (!Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase)
            || (driver.Length > 0 && !Drivers.Contains(driver, StringComparer.OrdinalIgnoreCase)))
            throw new ConfigurationException(
                $"{setting} must start with postgres:// or postgresql://, with or without +asyncpg or +pgx");
        return text[(end + 3)..];
    }

    private static void SetUser(NpgsqlConnectionStringBuilder connection, string setting, string userInfo)
    {
        var (user, password) = UrlPart.Cut(userInfo, userInfo.IndexOf(':'));
        if (user.Length > 0) connection.Username = UrlPart.Decode(setting, user);
        if (password.Length > 0) connection.Password = UrlPart.Decode(setting, password);
    }

    private static void SetHost(NpgsqlConnectionStringBuilder connection, string setting, string text)
    {
        if (text.Contains(',')) throw new ConfigurationException($"{setting} must name one host");
        var (host, port) = UrlPart.HostAndPort(setting, text);
        connection.Host = host ?? PostgresDefaults.Host;
        connection.Port = port ?? PostgresDefaults.Port;
    }
}
