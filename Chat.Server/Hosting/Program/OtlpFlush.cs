using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Chat.Server.Hosting.Program;

/// <summary>Sends what is left when the host stops. Bounded: a collector that is gone must not hold up the
/// stop.</summary>
internal sealed class OtlpFlush(IServiceProvider services) : IHostedService
{
    private const int Milliseconds = 2_000;

    /// <summary>Makes them, so that they hear all from the start.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<MeterProvider>();
        services.GetRequiredService<TracerProvider>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => services.GetRequiredService<TracerProvider>().Shutdown(Milliseconds), cancellationToken),
        Task.Run(() => services.GetRequiredService<MeterProvider>().Shutdown(Milliseconds), cancellationToken));
}
