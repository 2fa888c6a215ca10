namespace Chat.Server.Limits;

/// <summary>Says at the start how many connections there is room for, when these are few.</summary>
internal sealed partial class OpenFilesWarning(ConnectionRoom room, ILogger<OpenFilesWarning> logger) : IHostedService
{
    private const int Few = 4_096;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (room.Files is { } files and < Few) Log.FewFiles(logger, files, room.Connections);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1070, LogLevel.Warning,
            "Only {Files} files may be open, so at most {Connections} connections: raise the limit (ulimit -n, nofile, "
                + "LimitNOFILE)")]
        public static partial void FewFiles(ILogger logger, long files, int connections);
    }
}
