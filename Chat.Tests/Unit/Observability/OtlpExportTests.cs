using System.Collections.Concurrent;
using System.Text;
using Chat.Server.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chat.Tests.Unit.Observability;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task Metrics_and_spans_reach_a_real_collector_before_the_server_ends()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectorAsync(received);
        using var harness = new MetricsHarness();
        using var export = new OtlpExport(Settings(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_SERVICE_NAME", "chat-under-test")));
        await export.StartAsync(default);
        harness.Metrics.Delivered(1);
        ChatTracing.Source.StartActivity("a-span-of-the-test")?.Dispose();
        await export.StopAsync(default);
        Assert.Contains("chat.entries.delivered", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("chat-under-test", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("a-span-of-the-test", received["/v1/traces"], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_sent_unless_an_endpoint_is_set()
    {
        Assert.False(OtlpExport.IsWanted(Settings()));
        Assert.False(OtlpExport.IsWanted(Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", ""))));
        Assert.True(OtlpExport.IsWanted(Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"))));
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/{signal}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(context.Request.Path, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await app.StartAsync();
        return app;
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build();
}
