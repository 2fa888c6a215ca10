using System.Diagnostics.Metrics;
using Chat.Server.Configuration;
using Chat.Server.Observability.Prometheus;

namespace Chat.Server.Observability;

internal static class ObservabilitySetup
{
    public static WebApplicationBuilder AddChatObservability(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddMetrics();
        services.AddSingleton<ChatMetrics>();
        services.AddSingleton(provider => new MetricsCollector(provider.GetRequiredService<IMeterFactory>()));
        if (OtlpExport.IsWanted(builder.Configuration)) services.AddOtlpExport(builder.Configuration);
        return builder;
    }

    /// <summary>Prometheus text at <c>/metrics</c>. Counting begins here, so that a scrape sees everything since the
    /// start.</summary>
    public static WebApplication MapChatMetrics(this WebApplication app)
    {
        var collector = app.Services.GetRequiredService<MetricsCollector>();
        app.Services.GetRequiredService<ChatMetrics>(); // a gauge that nobody has touched yet is a zero, not missing
        app.MapGet("/metrics", context =>
        {
            context.Response.ContentType = PrometheusText.ContentType;
            return context.Response.WriteAsync(PrometheusText.Write(collector.Collect()), context.RequestAborted);
        }).ExcludeFromDescription();
        return app;
    }
}
