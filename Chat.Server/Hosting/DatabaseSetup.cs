using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Hosting.Health;
using Chat.Server.Persistence;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting;

/// <summary>Which database, its part in readiness, and when its schema is brought up to date.</summary>
internal static class DatabaseSetup
{
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static WebApplicationBuilder AddChatDatabase(this WebApplicationBuilder builder)
    {
        builder.Services.AddPersistence(
            DatabaseSettingsResolver.Resolve(builder.Configuration, builder.Environment.ContentRootPath));
        builder.Services.AddReadinessCheck("database", async (services, ct) =>
            await services.GetRequiredService<DatabasePing>().FindProblemAsync(ct));
        return builder;
    }

    /// <summary>The command <c>migrate</c>.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> MigrateAsync(this WebApplication app)
    {
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        return 0;
    }

    public static Task MigrateAtStartAsync(this WebApplication app) =>
        app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.MigrateOnStart
            ? app.MigrateAsync()
            : Task.CompletedTask;
}
