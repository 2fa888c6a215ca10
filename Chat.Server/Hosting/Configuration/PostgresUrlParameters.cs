using System.Globalization;
using Chat.Server.Configuration;
using Npgsql;

namespace Chat.Server.Hosting.Configuration;

/// <summary>The query parameters of a PostgreSQL URL, by their libpq names. One that is not known is refused: ignoring
/// <c>sslmode</c>'s like would be worse.</summary>
internal static class PostgresUrlParameters
{
    private static readonly Dictionary<string, SslMode> SslModes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["disable"] = SslMode.Disable,
        ["allow"] = SslMode.Allow,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    private static readonly Dictionary<string, ChannelBinding> ChannelBindings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["disable"] = ChannelBinding.Disable,
        ["prefer"] = ChannelBinding.Prefer,
        ["require"] = ChannelBinding.Require,
    };

    private static readonly Dictionary<string, Action<NpgsqlConnectionStringBuilder, string, string>> Known = new(
        StringComparer.Ordinal)
    {
        ["sslmode"] = SetSslMode,
        ["ssl"] = SetSslMode, // asyncpg's name for it
        ["sslrootcert"] = (c, _, v) => c.RootCertificate = v,
        ["sslcert"] = (c, _, v) => c.SslCertificate = v,
        ["sslkey"] = (c, _, v) => c.SslKey = v,
        ["sslpassword"] = (c, _, v) => c.SslPassword = v,
        ["channel_binding"] = (c, s, v) => c.ChannelBinding = OneOf(s, v, ChannelBindings),
        ["host"] = (c, _, v) => c.Host = v,
        ["port"] = (c, s, v) => c.Port = PortNumber.Parse(s, v),
        ["user"] = (c, _, v) => c.Username = v,
        ["password"] = (c, _, v) => c.Password = v,
        ["dbname"] = (c, _, v) => c.Database = v,
        ["application_name"] = (c, _, v) => c.ApplicationName = v,
        ["search_path"] = (c, _, v) => c.SearchPath = v,
        ["options"] = (c, _, v) => c.Options = v,
        ["connect_timeout"] = (c, s, v) => c.Timeout = Number(s, v, 0, 1_024),
        ["pool_max_conns"] = (c, s, v) => c.MaxPoolSize = Number(s, v, 1, 10_000),
        ["pool_min_conns"] = (c, s, v) => c.MinPoolSize = Number(s, v, 0, 10_000),
    };

    public static void Apply(NpgsqlConnectionStringBuilder connection, string setting, string name, string value)
    {
        if (!Known.TryGetValue(name, out var set))
            throw new ConfigurationException(
                $"{setting} has the parameter {name}, which is not known; known are {string.Join(", ", Known.Keys)}");
        set(connection, $"{name} in {setting}", value);
    }

    private static void SetSslMode(NpgsqlConnectionStringBuilder connection, string name, string value) =>
        connection.SslMode = OneOf(name, value, SslModes);

    private static T OneOf<T>(string name, string value, Dictionary<string, T> allowed) =>
        allowed.TryGetValue(value, out var found)
            ? found
            : throw new ConfigurationException($"{name} must be one of {string.Join(", ", allowed.Keys)}");

    private static int Number(string name, string text, int lowest, int highest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= lowest
            && value <= highest
            ? value
            : throw new ConfigurationException($"{name} must be a number from {lowest} to {highest}");
}
