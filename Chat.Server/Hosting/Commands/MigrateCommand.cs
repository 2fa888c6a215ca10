using Chat.Server.Hosting.Configuration;
using Chat.Server.Persistence;

namespace Chat.Server.Hosting.Commands;

/// <summary>Brings the schema up to date without starting the server. A database that cannot be used is one line and exit code 1 (<c>StartProblems</c>).</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(WebApplication app, Func<IServiceProvider, CancellationToken, Task> migrate, TextWriter output)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await migrate(scope.ServiceProvider, app.Lifetime.ApplicationStopping);
        var database = app.Services.GetRequiredService<DatabaseSettings>();
        await output.WriteLineAsync($"the schema is up to date: {DatabaseSettingsResolver.Describe(database)}");
        return 0;
    }
}
