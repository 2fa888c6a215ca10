using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Persistence;

namespace Chat.Server.Embedding;

/// <summary>Where an application has its chat stored.</summary>
internal static class EmbeddedDatabase
{
    private const string DefaultSchema = "chat";

    /// <summary>PostgreSQL, once the application's services are there.</summary>
    /// <exception cref="ArgumentException">The schema's name cannot be used.</exception>
    public static Func<IServiceProvider, DatabaseSettings> Postgres(
        Func<IServiceProvider, string> connectionString, string schema)
    {
        if (!DatabaseSchema.IsValid(schema))
            throw new ArgumentException($"A schema has {DatabaseSchema.Rule}.", nameof(schema));
        return host =>
        {
            var settings = DatabaseSettingsResolver.FromConnectionString(connectionString(host));
            return settings.Kind == DatabaseKind.Postgres
                ? settings.In(schema)
                : throw new ConfigurationException("UsePostgres needs a connection string of PostgreSQL");
        };
    }

    /// <summary>A file, below the application's content root.</summary>
    public static Func<IServiceProvider, DatabaseSettings> Sqlite(string file) => host =>
        DatabaseSettingsResolver.OfFile(
            Path.Combine(host.GetRequiredService<IHostEnvironment>().ContentRootPath, file));

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
