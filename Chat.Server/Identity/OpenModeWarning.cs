namespace Chat.Server.Identity;

/// <summary>Warns at every start that this server does not authenticate callers.</summary>
internal sealed partial class OpenModeWarning(ILogger<OpenModeWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.OpenMode(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1050, LogLevel.Warning,
            "OPEN MODE: there is no authentication, anyone may claim any user id. Do not expose this server to people "
                + "you do not trust")]
        public static partial void OpenMode(ILogger logger);
    }
}
