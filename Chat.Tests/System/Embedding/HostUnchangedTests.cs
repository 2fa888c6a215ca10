using System.Net.Http.Json;
using System.Text.Json;
using Chat.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Embedding;

/// <summary>An application is the same with a chat in it: its services, its options, its own hub, its OpenAPI
/// document, its clock, its health checks and its lifetime.</summary>
public sealed class HostUnchangedTests
{
    [Fact]
    public async Task Services_and_options_of_the_application_are_as_they_were()
    {
        await using var without = await ForeignHost.StartAsync(Own, MapOwn);
        await using var with = await StartWithChatAsync();

        Assert.Equal(Described(without.App.Services), Described(with.App.Services));
        Assert.IsType<ManualTime>(with.App.Services.GetRequiredService<TimeProvider>());
        Assert.IsType<OwnLifetime>(with.App.Services.GetRequiredService<IHostLifetime>());
    }

    [Fact]
    public async Task Its_own_hub_answers_as_before()
    {
        await using var host = await StartWithChatAsync();
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(host.Url, "/own/hub")).Build();
        await hub.StartAsync();
        var answer = await hub.InvokeAsync<JsonElement>("Now", "hello", 1);
        Assert.Equal("""{"said":"hello","number":1,"at":"2026-01-01T00:00:00Z"}""", answer.GetRawText());
        // SignalR's own words, and its own log.
        var failure = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<int>("Fail"));
        Assert.Contains("An unexpected error occurred invoking 'Fail' on the server.", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains(host.Logs.All, log => log.Category.EndsWith("DefaultHubDispatcher", StringComparison.Ordinal)
            && log.Exception is InvalidOperationException { Message: "boom" });
        var missing = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<int>("Now", "one argument"));
        Assert.Contains("Failed to invoke 'Now' due to an error on the server.", missing.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_OpenAPI_document_has_nothing_of_the_chat_which_has_one_of_its_own()
    {
        await using var without = await ForeignHost.StartAsync(Own, MapOwn);
        await using var with = await StartWithChatAsync(services => services.AddOpenApi("chat"));
        using var http = new HttpClient();
        var before = await http.GetFromJsonAsync<JsonElement>(new Uri(without.Url, "/openapi/v1.json"));
        var after = await http.GetFromJsonAsync<JsonElement>(new Uri(with.Url, "/openapi/v1.json"));
        Assert.Equal(before.GetProperty("paths").GetRawText(), after.GetProperty("paths").GetRawText());
        var chat = await http.GetFromJsonAsync<JsonElement>(new Uri(with.Url, "/openapi/chat.json"));
        Assert.Contains("/chat/api/v1/chat/{id}/messages",
            chat.GetProperty("paths").EnumerateObject().Select(path => path.Name));
    }

    private static Task<ForeignHost> StartWithChatAsync(Action<IServiceCollection>? more = null) =>
        ForeignHost.StartAsync(
            builder =>
            {
                Own(builder);
                more?.Invoke(builder.Services);
                builder.Services.AddChat().UseSqlite(ForeignHost.File);
            },
            app =>
            {
                MapOwn(app);
                app.MapChat();
            });

    private static void Own(WebApplicationBuilder builder)
    {
        builder.Services.AddSignalR(hub => hub.MaximumReceiveMessageSize = 7_777);
        builder.Services.AddOpenApi();
        builder.Services.AddHealthChecks().AddCheck("own", () => HealthCheckResult.Healthy());
        builder.Services.AddSingleton<TimeProvider>(new ManualTime());
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
    }

    private static void MapOwn(WebApplication app)
    {
        app.MapHub<HostsHub>("/own/hub");
        app.MapOpenApi();
        app.MapGet("/own/thing", () => new { Name = "thing" });
    }

    /// <summary>What a chat could have changed, and once did.</summary>
    private static string[] Described(IServiceProvider services)
    {
        var hub = services.GetRequiredService<IOptions<HubOptions>>().Value;
        var own = services.GetRequiredService<IOptions<HubOptions<HostsHub>>>().Value;
        var kestrel = services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;
        var host = services.GetRequiredService<IOptions<HostOptions>>().Value;
        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var hubJson = services.GetRequiredService<IOptions<JsonHubProtocolOptions>>().Value.PayloadSerializerOptions;
        var filters = services.GetRequiredService<IOptions<LoggerFilterOptions>>().Value;
        return
        [
            Of(hub), Of(own), $"{kestrel.AddServerHeader} {kestrel.Limits.MaxRequestLineSize}",
            $"{kestrel.Limits.MaxRequestBufferSize}", $"{host.ShutdownTimeout}",
            $"{json.TypeInfoResolverChain.Count} {json.Converters.Count} {json.MaxDepth}",
            $"{hubJson.TypeInfoResolverChain.Count} {hubJson.Converters.Count} {hubJson.MaxDepth}",
            .. filters.Rules.Select(rule => $"{rule.CategoryName} {rule.LogLevel}"),
            .. services.GetServices<IHubProtocol>().Select(protocol => protocol.GetType().FullName!),
            services.GetRequiredService<IHubProtocolResolver>().GetType().FullName!,
            services.GetRequiredService<HubLifetimeManager<HostsHub>>().GetType().FullName!,
            services.GetRequiredService<IUserIdProvider>().GetType().FullName!,
            services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().GetType().FullName!,
            .. services.GetServices<IHostLifetime>().Select(lifetime => lifetime.GetType().FullName!),
            .. services.GetServices<TimeProvider>().Select(time => time.GetType().FullName!),
            .. services.GetServices<IHostedService>().Select(service => service.GetType().FullName!)
                .Where(name => name != "Chat.Server.Embedding.EmbeddedRun"),
        ];

        static string Of(HubOptions options) =>
            $"{options.MaximumReceiveMessageSize} {options.ClientTimeoutInterval} {options.KeepAliveInterval} "
            + $"{options.MaximumParallelInvocationsPerClient} {options.StatefulReconnectBufferSize} "
            + string.Join(",", options.SupportedProtocols ?? []);
    }
}
