using System.Collections.Concurrent;
using System.Text;
using Chat.Server.Hosting.Program;
using Chat.Server.Observability;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Integration.Observability;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task Metrics_and_spans_reach_a_real_collector_before_the_server_ends()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectorAsync(received);
        await using var server = await ServerAsync(collector.Urls.Single());
        server.Services.GetRequiredService<ChatMetrics>().Delivered(1);
        ChatTracing.Source.StartActivity("a-span-of-the-test")?.Dispose();

        await server.StopAsync();

        received["/v1/metrics"].Should().Contain("chat.entries.delivered").And.Contain("chat-under-test");
        received["/v1/traces"].Should().Contain("a-span-of-the-test").And.Contain("chat-under-test");
    }

    [Fact]
    public async Task Histograms_have_the_bounds_that_our_table_has_for_their_unit()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectorAsync(received);
        await using var server = await ServerAsync(collector.Urls.Single());
        var metrics = server.Services.GetRequiredService<ChatMetrics>();
        metrics.Committed(3, 0, TimeSpan.FromMilliseconds(2));
        metrics.DeliveryLag(TimeSpan.FromMilliseconds(2));
        metrics.BackplaneProbe(TimeSpan.FromMilliseconds(2));
        var tasks = server.Services.GetRequiredService<TaskMetrics>();
        tasks.Ended("queue", TaskState.Completed, TimeSpan.FromMilliseconds(2));

        await server.StopAsync();

        string[] inSeconds =
            ["chat.commit.duration", "chat.delivery.lag", "chat.backplane.probe.duration", "chat.tasks.duration"];
        foreach (var name in inSeconds)
            MetricOf(name, received).Should().Contain(Packed([.. HistogramBounds.Seconds.HistogramBucketBoundaries!]));
        MetricOf("chat.commit.batch_size", received).Should()
            .Contain(Packed([.. HistogramBounds.Sizes.HistogramBucketBoundaries!]));
    }

    [Fact]
    public async Task Spans_of_requests_say_what_was_asked_and_answered()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectorAsync(received);
        await using var server = await ServerAsync(collector.Urls.Single());
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(server.Urls.Single() + "/things/7"));

        await server.StopAsync();

        received["/v1/traces"].Should().Contain("http.request.method").And.Contain("http.response.status_code")
            .And.Contain("/things/{id}").And.Contain("url.path");
    }

    [Fact]
    public void Nothing_is_sent_unless_an_endpoint_is_set()
    {
        OtlpExport.IsWanted(Settings()).Should().BeFalse();
        OtlpExport.IsWanted(Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", ""))).Should().BeFalse();
        OtlpExport.IsWanted(Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"))).Should().BeTrue();
    }

    private static async Task<WebApplication> ServerAsync(string collector)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "chat-under-test",
            ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "60000",
        });
        builder.Services.AddChatObservability();
        builder.AddOtlpExport((int)Bounds.Wait.TotalMilliseconds); // a busy machine needs more than two seconds
        builder.Services.AddSingleton<TaskMetrics>();
        var app = builder.Build();
        app.MapGet("/things/{id}", (HttpContext _) => Task.CompletedTask);
        await app.StartAsync();
        return app;
    }

    /// <summary>The bytes from a metric's name on to where the next metric of ours begins.</summary>
    private static string MetricOf(string name, ConcurrentDictionary<string, string> received)
    {
        var all = received["/v1/metrics"];
        var start = all.IndexOf(name, StringComparison.Ordinal);
        start.Should().BeGreaterThan(-1, "{0} is exported", name);
        var end = all.IndexOf("chat.", start + name.Length, StringComparison.Ordinal);
        return end < 0 ? all[start..] : all[start..end];
    }

    /// <summary>As the field <c>explicit_bounds</c> holds them: packed, eight bytes each, little-endian.</summary>
    private static string Packed(double[] bounds) =>
        Encoding.Latin1.GetString([.. bounds.SelectMany(BitConverter.GetBytes)]);

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
            received.AddOrUpdate(context.Request.Path, _ => Encoding.Latin1.GetString(body.ToArray()),
                (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await app.StartAsync();
        return app;
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value))
            .Build();
}
