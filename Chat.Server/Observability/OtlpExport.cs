using System.Reflection;
using Chat.Server.Hosting.Configuration;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chat.Server.Observability;

/// <summary>Sends metrics and traces over OTLP. The exporters read the <c>OTEL_</c> settings themselves, from our configuration.</summary>
internal sealed class OtlpExport(IConfiguration configuration) : IHostedService, IDisposable
{
    private const int FlushMilliseconds = 2_000;
    private const string DefaultServiceName = "chat";

    private MeterProvider? _meters;
    private TracerProvider? _tracers;

    /// <exception cref="ConfigurationException">The endpoint is set and is no URL.</exception>
    public static bool IsWanted(IConfiguration configuration)
    {
        var endpoint = configuration[SettingName.OtlpEndpoint];
        if (string.IsNullOrWhiteSpace(endpoint)) return false;
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? true
            : throw new ConfigurationException($"{SettingName.OtlpEndpoint} must be an http:// or https:// URL");
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meters = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(Describe)
            .AddMeter(
                ChatMetrics.MeterName,
                "System.Runtime",
                "Microsoft.AspNetCore.Hosting",
                "Microsoft.AspNetCore.Server.Kestrel",
                "Microsoft.AspNetCore.Http.Connections",
                "Npgsql")
            .AddOtlpExporter()
            .Build();
        _tracers = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(Describe)
            .AddSource(ChatTracing.SourceName, "Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server", "Npgsql")
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left. Bounded: a collector that is gone must not hold up the shutdown.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _tracers?.Shutdown(FlushMilliseconds), cancellationToken),
        Task.Run(() => _meters?.Shutdown(FlushMilliseconds), cancellationToken));

    public void Dispose()
    {
        _tracers?.Dispose();
        _meters?.Dispose();
    }

    private void Describe(ResourceBuilder resource) => resource.AddService(
        configuration[SettingName.OtelServiceName] is { Length: > 0 } name ? name : DefaultServiceName,
        serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3));
}
