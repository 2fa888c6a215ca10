using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Hosting.Drain;
using Chat.Server.Hosting.Health;
using Chat.Server.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting;

/// <summary>Which database, its part in readiness, and when its schema is brought up to date.</summary>
internal static class DatabaseSetup
{
    /// <summary>SQLITE_PERM, READONLY, CANTOPEN and NOTADB (https://sqlite.org/rescode.html).</summary>
    private static readonly int[] FileErrors = [3, 8, 14, 26];

    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static WebApplicationBuilder AddChatDatabase(this WebApplicationBuilder builder)
    {
        builder.Services.AddPersistence(
            DatabaseSettingsResolver.Resolve(builder.Configuration, builder.Environment.ContentRootPath));
        builder.Services.AddReadinessCheck("database", async (services, ct) =>
            await services.GetRequiredService<DatabasePing>().FindProblemAsync(ct));
        builder.Services.AddLevelGuard();
        return builder;
    }

    /// <summary>The command <c>migrate</c>.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="ConfigurationException">The database's file cannot be used.</exception>
    public static async Task<int> MigrateAsync(this WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
            return 0;
        }
        catch (Exception e) when (app.Services.GetRequiredService<DatabaseSettings>() is { Kind: DatabaseKind.Sqlite }
            settings && FindFileProblem(e) is { } problem)
        {
            throw new ConfigurationException(
                $"the database file {DatabaseSettingsResolver.FileOf(settings)} cannot be opened or written: {problem} "
                    + "This user must be allowed to write to it and to its folder");
        }
    }

    private static string? FindFileProblem(Exception exception) => exception switch
    {
        IOException or UnauthorizedAccessException => exception.Message,
        StoreException { InnerException: SqliteException e } when FileErrors.Contains(e.SqliteErrorCode) => e.Message,
        _ => null,
    };

    /// <summary>Migrates, or reports missing migrations when that is turned off.</summary>
    public static Task MigrateAtStartAsync(this WebApplication app) =>
        app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.MigrateOnStart
            ? app.MigrateAsync()
            : app.Services.GetRequiredService<DatabasePing>().FindProblemAsync(CancellationToken.None);
}
