using System.Diagnostics.Metrics;
using Chat.Server.Configuration;
using Chat.Server.Observability.Prometheus;

namespace Chat.Server.Observability;

internal static class ObservabilitySetup
{
    public static IServiceCollection AddChatObservability(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<ChatMetrics>()
        .AddSingleton(provider => new MetricsCollector(provider.GetRequiredService<IMeterFactory>()));

    /// <summary>Prometheus text at <c>/metrics</c>. Counting begins here, so that a scrape sees everything since the
    /// start.</summary>
    public static IEndpointRouteBuilder MapChatMetrics(this IEndpointRouteBuilder endpoints)
    {
        var collector = endpoints.ServiceProvider.GetRequiredService<MetricsCollector>();
        // A gauge that nobody has touched yet is a zero, not missing.
        endpoints.ServiceProvider.GetRequiredService<ChatMetrics>();
        endpoints.MapGet("/metrics", context =>
        {
            context.Response.ContentType = PrometheusText.ContentType;
            return context.Response.WriteAsync(PrometheusText.Write(collector.Collect()), context.RequestAborted);
        }).ExcludeFromDescription();
        return endpoints;
    }
}
