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

    public static IServiceCollection AddChatDatabase(this IServiceCollection services, DatabaseSettings settings)
    {
        services.AddPersistence(settings);
        services.AddReadinessCheck("database", async (provider, ct) =>
            await provider.GetRequiredService<DatabasePing>().FindProblemAsync(ct));
        return services.AddLevelGuard();
    }

    /// <summary>The command <c>migrate</c>.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="ConfigurationException">The database's file cannot be used.</exception>
    public static async Task<int> MigrateAsync(this IServiceProvider services, CancellationToken ct = default)
    {
        try
        {
            await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
            return 0;
        }
        catch (Exception e) when (services.GetRequiredService<DatabaseSettings>() is { Kind: DatabaseKind.Sqlite }
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

    /// <summary>Migrates; or looks for missing migrations, when migrating is turned off.</summary>
    /// <returns>Null; or what is wrong with the database that was not to be migrated.</returns>
    public static async Task<string?> MigrateAtStartAsync(
        this IServiceProvider services, CancellationToken ct = default)
    {
        if (!services.GetRequiredService<IOptions<ServerOptions>>().Value.MigrateOnStart)
            return await services.GetRequiredService<DatabasePing>().FindProblemAsync(ct);
        await services.MigrateAsync(ct);
        return null;
    }
}
