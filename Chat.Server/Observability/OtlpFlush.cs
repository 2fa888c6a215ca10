using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Chat.Server.Observability;

/// <summary>Sends what is left when the host stops. Bounded: a collector that is gone must not hold up the
/// stop.</summary>
internal sealed class OtlpFlush(MeterProvider meters, TracerProvider tracers) : IHostedService
{
    private const int Milliseconds = 2_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => tracers.Shutdown(Milliseconds), cancellationToken),
        Task.Run(() => meters.Shutdown(Milliseconds), cancellationToken));
}
