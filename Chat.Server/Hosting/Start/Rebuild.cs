using Chat.Server.Persistence;

namespace Chat.Server.Hosting.Start;

/// <summary>The command <c>rebuild</c>.</summary>
internal static class Rebuild
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RebuildAsync(this WebApplication app, TextWriter output)
    {
        var count = await app.Services.GetRequiredService<StateRebuild>().RunAsync(CancellationToken.None);
        await output.WriteLineAsync(
            $"conversations with messages that changed: {count}; their state was rebuilt from the log");
        return 0;
    }
}
