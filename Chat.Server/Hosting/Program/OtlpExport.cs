using Chat.Server.Configuration;

namespace Chat.Server.Hosting.Program;

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
    /// <param name="builder">Of the server.</param>
    /// <param name="flush">How many milliseconds what is left has when the host stops.</param>
    /// <exception cref="ConfigurationException">The endpoint is set and is no URL.</exception>
    public static void AddOtlpExport(this WebApplicationBuilder builder, int flush = OtlpFlush.Milliseconds)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        if (!IsWanted(configuration)) return;
        var parts = new OtlpParts(
            configuration[SettingName.OtelServiceName] is { Length: > 0 } set ? set : DefaultServiceName);
        services.AddOpenTelemetry().ConfigureResource(parts.Name).WithMetrics(parts.Add).WithTracing(parts.Add);
        services.AddHostedService(provider => new OtlpFlush(provider, flush));
    }
}
