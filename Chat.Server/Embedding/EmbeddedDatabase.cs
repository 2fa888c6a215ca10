using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Persistence;

namespace Chat.Server.Embedding;

/// <summary>Where an application has its chat stored.</summary>
internal sealed class EmbeddedDatabase
{
    private const string DefaultSchema = "chat";

    private readonly Func<IServiceProvider, DatabaseSettings> _resolve;

    private EmbeddedDatabase(Func<IServiceProvider, DatabaseSettings> resolve) => _resolve = resolve;

    /// <exception cref="ConfigurationException">It cannot be used.</exception>
    public DatabaseSettings Resolve(IServiceProvider host) => _resolve(host);

    /// <exception cref="ArgumentException">The schema's name cannot be used.</exception>
    public static EmbeddedDatabase Postgres(Func<IServiceProvider, string> connectionString, string schema) =>
        !DatabaseSchema.IsValid(schema)
            ? throw new ArgumentException($"A schema has {DatabaseSchema.Rule}.", nameof(schema))
            : new(host => DatabaseSettingsResolver.FromConnectionString(connectionString(host)) is
            { Kind: DatabaseKind.Postgres } settings
                ? settings.In(schema)
                : throw new ConfigurationException("UsePostgres needs a connection string of PostgreSQL"));

    public static EmbeddedDatabase Sqlite(string file) => new(host => DatabaseSettingsResolver.OfFile(
        Path.Combine(host.GetRequiredService<IHostEnvironment>().ContentRootPath, file)));

    /// <summary>As the application's configuration says. There is no file by default: one that nobody has asked for
    /// would hide that the settings were not read.</summary>
    /// <exception cref="ConfigurationException">It says nothing, or what cannot be used.</exception>
    public static DatabaseSettings Configured(IConfiguration configuration) =>
        configuration[SettingName.ConnectionString] is { } text && !string.IsNullOrWhiteSpace(text)
            ? DatabaseSchema.Apply(
                DatabaseSettingsResolver.FromConnectionString(text.Trim()), configuration, DefaultSchema)
            : throw new ConfigurationException(
                $"the chat has no database: call UsePostgres or UseSqlite after AddChat, or set "
                    + SettingName.ConnectionString);
}
