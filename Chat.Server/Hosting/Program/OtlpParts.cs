using Chat.Server.Observability;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chat.Server.Hosting.Program;

/// <summary>What is exported.</summary>
/// <remarks>An application with a chat has no OpenTelemetry of ours, so no type may have a field of it: whatever lists
/// all types would fail there. The compiler keeps delegates of static methods and of lambdas in fields; those of an
/// object it does not.</remarks>
/// <param name="service">What the server is called.</param>
internal sealed class OtlpParts(string service)
{
    public void Name(ResourceBuilder resource) =>
        resource.AddService(service, serviceVersion: typeof(OtlpParts).Assembly.GetName().Version?.ToString(3));

    public void Add(MeterProviderBuilder metrics) => metrics
        .AddMeter(ChatMetrics.MeterName, "Npgsql")
        .AddAspNetCoreInstrumentation()
        .AddRuntimeInstrumentation()
        .AddOtlpExporter();

    public void Add(TracerProviderBuilder traces) => traces
        .AddSource(ChatTracing.SourceName, "Microsoft.AspNetCore.SignalR.Server", "Npgsql")
        .AddAspNetCoreInstrumentation()
        .AddOtlpExporter();
}
