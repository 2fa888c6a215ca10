using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Chat.Server.Hosting.Program;

/// <summary>Sends what is left when the host stops. Bounded: a collector that is gone must not hold up the
/// stop.</summary>
/// <param name="services">Of the host.</param>
/// <param name="bound">In milliseconds.</param>
internal sealed class OtlpFlush(IServiceProvider services, int bound) : IHostedService
{
    public const int Milliseconds = 2_000;

    /// <summary>Makes them, so that they hear all from the start.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<MeterProvider>();
        services.GetRequiredService<TracerProvider>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => services.GetRequiredService<TracerProvider>().Shutdown(bound), cancellationToken),
        Task.Run(() => services.GetRequiredService<MeterProvider>().Shutdown(bound), cancellationToken));
}
