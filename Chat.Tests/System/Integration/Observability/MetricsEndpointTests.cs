using Chat.Server.Observability;
using Chat.Tests.Integration.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Observability;

public sealed class MetricsEndpointTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task A_scrape_has_the_chats_Kestrels_and_the_runtimes_numbers()
    {
        host.App.Services.GetRequiredService<ChatMetrics>().Delivered(3);
        using var response = await host.Client.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var metrics = PrometheusParser.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(3, metrics["chat_entries_delivered_total"].Single());
        Assert.Equal(0, metrics["chat_readers"].Single());
        Assert.Contains("kestrel_active_connections", metrics.Keys);
        Assert.Contains("dotnet_process_cpu_time_seconds_total", metrics.Keys);
    }
}
