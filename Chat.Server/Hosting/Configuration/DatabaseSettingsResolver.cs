using System.Data.Common;
using Chat.Server.Configuration;
using Chat.Server.Persistence;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Chat.Server.Hosting.Configuration;

/// <summary>Finds the database in the configuration: <c>ConnectionStrings:Chat</c>, else <c>DB_URL</c>, else
/// <c>DB_HOST</c> and its like, else a SQLite file.</summary>
internal static class DatabaseSettingsResolver
{
    public const string DefaultFile = "chat.db";

    private static readonly string[] Parts =
        [SettingName.DatabaseHost, SettingName.DatabasePort, SettingName.DatabaseUser, SettingName.DatabasePassword,
            SettingName.DatabaseName];

    /// <summary>Keywords that neither Npgsql nor SQLite has.</summary>
    private static readonly string[] OfSqlServer =
        ["Initial Catalog", "Trusted_Connection", "Integrated Security", "TrustServerCertificate",
            "MultipleActiveResultSets", "AttachDbFilename", "Encrypt"];

    /// <exception cref="ConfigurationException">A setting is there and cannot be used.</exception>
    public static DatabaseSettings Resolve(IConfiguration configuration, string contentRoot) =>
        DatabaseSchema.Apply(FindDatabase(configuration, contentRoot), configuration, unless: null);

    private static DatabaseSettings FindDatabase(IConfiguration configuration, string contentRoot)
    {
        if (Value(configuration, SettingName.ConnectionString) is { } connectionString)
            return FromConnectionString(connectionString);
        if (Value(configuration, SettingName.DatabaseUrl) is { } url)
            return Postgres(PostgresUrl.Parse(SettingName.DatabaseUrl, url));
        if (Parts.Any(part => Value(configuration, part) is not null)) return FromParts(configuration);
        return OfFile(Path.Combine(contentRoot, DefaultFile));
    }

    /// <summary>A SQLite file.</summary>
    public static DatabaseSettings OfFile(string path) => new(
        DatabaseKind.Sqlite, new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString);

    /// <summary>For people: the kind and the place, without user and password.</summary>
    public static string Describe(DatabaseSettings settings)
    {
        if (settings.Kind == DatabaseKind.Sqlite)
            return $"SQLite {FileOf(settings)}";
        var postgres = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        return $"PostgreSQL {postgres.Host}:{postgres.Port}/{postgres.Database}";
    }

    public static string FileOf(DatabaseSettings sqlite) =>
        new SqliteConnectionStringBuilder(sqlite.ConnectionString).DataSource;

    private static string? Value(IConfiguration configuration, string setting) =>
        configuration[setting] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static DatabaseSettings Postgres(NpgsqlConnectionStringBuilder connection) =>
        new(DatabaseKind.Postgres, connection.ConnectionString);

    private static DatabaseSettings FromParts(
        IConfiguration configuration) => Postgres(new NpgsqlConnectionStringBuilder
    {
        Host = Value(configuration, SettingName.DatabaseHost) ?? PostgresDefaults.Host,
        Port = Value(configuration, SettingName.DatabasePort) is { } port
            ? PortNumber.Parse(SettingName.DatabasePort, port)
            : PostgresDefaults.Port,
        Username = Value(configuration, SettingName.DatabaseUser) ?? PostgresDefaults.User,
        Password = configuration[SettingName.DatabasePassword] is { Length: > 0 } password
            ? password
            : PostgresDefaults.Password,
        Database = Value(configuration, SettingName.DatabaseName) ?? PostgresDefaults.Database,
    });

    /// <exception cref="ConfigurationException">It is of none that is supported, or has a fault.</exception>
    public static DatabaseSettings FromConnectionString(string text)
    {
        if (PostgresUrl.IsUrl(text)) return Postgres(PostgresUrl.Parse(SettingName.ConnectionString, text));
        var pairs = Pairs(text);
        if (IsOfSqlServer(pairs)) throw NotSqlServer();
        if (pairs.ContainsKey("Host") || pairs.ContainsKey("Server"))
            return Postgres(Fill(pairs, new NpgsqlConnectionStringBuilder()));
        if (pairs.ContainsKey("Data Source") || pairs.ContainsKey("DataSource"))
            return new DatabaseSettings(DatabaseKind.Sqlite,
                Fill(pairs, new SqliteConnectionStringBuilder()).ConnectionString);
        throw NotUsable();
    }

    private static DbConnectionStringBuilder Pairs(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            throw NotUsable();
        }
    }

    private static T Fill<T>(DbConnectionStringBuilder pairs, T target)
        where T : DbConnectionStringBuilder
    {
        foreach (string key in pairs.Keys)
        {
            try
            {
                target[key] = pairs[key];
            }
            catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException
                or OverflowException or KeyNotFoundException)
            {
                throw new ConfigurationException(
                    $"{SettingName.ConnectionString} has a keyword that is unknown or has a value that is not "
                        + $"allowed: {key}");
            }
        }
        return target;
    }

    private static bool IsOfSqlServer(DbConnectionStringBuilder pairs) =>
        OfSqlServer.Any(pairs.ContainsKey)
        || (pairs.TryGetValue("Server", out var server) && server is string host
            && (host.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) || host.Contains('\\')));

    private static ConfigurationException NotSqlServer() => new(
        $"{SettingName.ConnectionString} is one of SQL Server, which is not supported: use PostgreSQL or SQLite");

    private static ConfigurationException NotUsable() => new(
        $"{SettingName.ConnectionString} must be a postgres:// URL, an Npgsql connection string with Host=, or a "
            + $"SQLite one with Data Source=");
}
