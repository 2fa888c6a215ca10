using Chat.Server.FanOut;
using Chat.Server.Observability;

namespace Chat.Server.Connections;

/// <summary>Cuts connections that accept no data for the write timeout. Their clients may resume. After a pause of this
/// process all have the whole time again.</summary>
internal sealed partial class SlowConnectionWatch(
    ConnectionRegistry connections, FanOutOptions options, ChatMetrics metrics, TimeProvider time,
    ILogger<SlowConnectionWatch> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var timeout = TimeSpan.FromSeconds(options.WriteTimeoutSeconds);
        var awake = new AwakeTime(time, timeout / 2); // first: a pause before the first beat is one too
        using var beat = new PeriodicTimer(timeout / 4, time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            if (awake.Beat() < timeout) continue;
            foreach (var connection in connections.All)
                if (connection.Outbound is { } writer && writer.WritePendingFor > timeout && connection.TryCut())
                {
                    metrics.ReaderClosedAsSlow();
                    Log.Closed(logger, options.WriteTimeoutSeconds);
                }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Information,
            "A connection accepted no data for {Seconds} s and is closed; it may resume")]
        public static partial void Closed(ILogger logger, int seconds);
    }
}
