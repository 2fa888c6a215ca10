using Chat.Server.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chat.Server.Observability;

/// <summary>Metrics and traces over OTLP. The exporters read the <c>OTEL_</c> settings from our
/// configuration.</summary>
internal static class OtlpExport
{
    private const string DefaultServiceName = "chat";

    /// <exception cref="ConfigurationException">The endpoint is set and is no URL.</exception>
    public static bool IsWanted(IConfiguration configuration)
    {
        var endpoint = configuration[SettingName.OtlpEndpoint];
        if (string.IsNullOrWhiteSpace(endpoint)) return false;
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? true
            : throw new ConfigurationException($"{SettingName.OtlpEndpoint} must be an http:// or https:// URL");
    }

    /// <summary>Exports where a collector is set. A chat inside an application exports nothing itself: the application
    /// adds the meter and the source, both named <c>Chat.Server</c>, to its own export.</summary>
    /// <exception cref="ConfigurationException">The endpoint is set and is no URL.</exception>
    public static void AddOtlpExport(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        if (!IsWanted(configuration)) return;
        var name = configuration[SettingName.OtelServiceName] is { Length: > 0 } set ? set : DefaultServiceName;
        var version = typeof(OtlpExport).Assembly.GetName().Version?.ToString(3);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name, serviceVersion: version))
            .WithMetrics(metrics => metrics
                .AddMeter(ChatMetrics.MeterName, "Npgsql")
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddOtlpExporter())
            .WithTracing(traces => traces
                .AddSource(ChatTracing.SourceName, "Microsoft.AspNetCore.SignalR.Server", "Npgsql")
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter());
        services.AddHostedService<OtlpFlush>();
    }
}
