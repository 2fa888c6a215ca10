using Chat.Server.Hosting.Configuration;
using Chat.Server.Hosting.Program;

namespace Chat.Server.Hosting.Commands;

/// <summary>Asks the server on this machine whether it lives, so that a container needs no curl.</summary>
internal static class HealthCheckCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <param name="rest">Nothing, or the URL to ask.</param>
    /// <param name="errors">Told why it failed.</param>
    public static async Task<int> RunAsync(string[] rest, TextWriter errors)
    {
        var url = rest.Length > 0 ? rest[0] : $"http://127.0.0.1:{ListenUrl.Port(Settings())}/health/live";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
        {
            await errors.WriteLineAsync("healthcheck takes an http:// or https:// URL, or nothing");
            return CommandLine.ExitUsage;
        }
        using var client = new HttpClient { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(target);
            if (response.IsSuccessStatusCode) return 0;
            await errors.WriteLineAsync($"{target} answered {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await errors.WriteLineAsync($"{target} did not answer");
        }
        return 1;
    }

    /// <summary>Only what can hold PORT: starting a whole host for it would take longer than the question.</summary>
    private static IConfigurationRoot Settings()
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables();
        DotEnvFile.AddTo(settings, Directory.GetCurrentDirectory());
        return settings.Build();
    }
}
