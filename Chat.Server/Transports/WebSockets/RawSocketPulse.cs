using Chat.Server.Connections;
using Microsoft.Extensions.Options;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Sends the Pings of all raw sockets, and cuts the peers that show no life.</summary>
/// <remarks>Any incoming data counts, not only the Pong, which may be late behind a large message. After a pause of
/// this process all have the whole time again.</remarks>
internal sealed class RawSocketPulse(
    ConnectionRegistry connections, IOptions<RawSocketOptions> options, TimeProvider time) : BackgroundService
{
    private const int BeatsPerInterval = 8;

    private readonly TimeSpan _ping = TimeSpan.FromSeconds(options.Value.PingSeconds);
    private readonly TimeSpan _silence =
        TimeSpan.FromSeconds(options.Value.PingSeconds + options.Value.PongTimeoutSeconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var shorter = Math.Min(options.Value.PingSeconds, options.Value.PongTimeoutSeconds);
        var awake = new AwakeTime(time, TimeSpan.FromSeconds(shorter) / 2); // first, as in SlowConnectionWatch
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(shorter) / BeatsPerInterval, time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            var mayCut = awake.Beat() >= _silence;
            foreach (var connection in connections.All)
                if (connection is RawSocketConnection socket) socket.Beat(_ping, mayCut ? _silence : null);
        }
    }
}
