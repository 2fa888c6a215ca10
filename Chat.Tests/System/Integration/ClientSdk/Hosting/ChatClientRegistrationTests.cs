using System.Diagnostics.Metrics;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Integration.ClientSdk.Hosting;

public sealed class ChatClientRegistrationTests
{
    private const string Attempt = "The attempt to connect failed: No connection to http://127.0.0.1";

    [Fact]
    public async Task The_host_starts_and_stops_the_client_and_gives_it_logger_and_meter()
    {
        await using var server = await TestChatServer.StartAsync();
        var logs = new RecordedLogs();
        using var host = Build(_ => server.Options, logs);
        using var measured = new RecordedMetrics(host.Services.GetRequiredService<IMeterFactory>());
        await host.StartAsync();
        var chat = host.Services.GetRequiredService<ChatClient>();
        await chat.WaitUntilConnectedAsync().WaitAsync(Bounds.Wait);
        Assert.Single(await chat.ConversationsAsync());
        await host.StopAsync();
        Assert.Equal(ConnectionState.Stopped, chat.State);
        await Eventually.HoldsAsync(() => Task.FromResult(logs.All.Any(
            log => log.Text.Contains("Connected; session 1", StringComparison.Ordinal))));
        Assert.Equal(1, measured["chat.client.connects"]);
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    [Fact]
    public async Task A_host_whose_server_is_away_logs_one_line_an_attempt_without_a_stack_trace()
    {
        var logs = new RecordedLogs();
        using var host = Build(_ => TestChatServer.OptionsFor(new Uri($"http://127.0.0.1:{FreePort.Next()}")), logs);
        await host.StartAsync();
        var states = new RecordedStates();
        using var watching = host.Services.GetRequiredService<ChatClient>().StateChanges.Subscribe(states);
        for (var attempts = 0; attempts < 3;)
            if ((await states.NextAsync()).NextAttemptIn is not null) attempts++;
        await host.StopAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(Attempts() >= 3));
        var told = logs.All.Where(log => log.Level > LogLevel.Debug
            && log.Text.Contains("127.0.0.1", StringComparison.Ordinal)).ToList();
        Assert.All(told, log => Assert.StartsWith(Attempt, log.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(logs.All, log => log.Level > LogLevel.Debug && log.Exception is not null);
        Assert.All(told, log => Assert.DoesNotContain('\n', log.Text));
        await ((IAsyncDisposable)host).DisposeAsync();

        int Attempts() => logs.All.Count(log => log.Text.StartsWith(Attempt, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_with_wrong_options_does_not_start_and_says_all_that_is_wrong()
    {
        await using var host = (IAsyncDisposable)Build(
            _ => new ChatClientOptions { Url = new Uri("ftp://x"), CallTimeout = TimeSpan.Zero });
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => ((IHost)host).StartAsync());
        Assert.Contains("Url must be an absolute http or https address", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CallTimeout must be longer than zero", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_may_be_left_to_the_application_to_start()
    {
        await using var host = (IAsyncDisposable)Build(_ => ChatClientOptions.ForServer(new Uri("http://127.0.0.1:9")),
            startWithHost: false);
        await ((IHost)host).StartAsync();
        Assert.Equal(ConnectionState.Stopped, ((IHost)host).Services.GetRequiredService<ChatClient>().State);
    }

    [Fact]
    public async Task The_health_check_follows_the_state()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        await using var host = (IAsyncDisposable)Build(_ => TestChatServer.OptionsFor(proxy.Address),
            startWithHost: false);
        var services = ((IHost)host).Services;
        var (chat, health, states) = (services.GetRequiredService<ChatClient>(),
            services.GetRequiredService<HealthCheckService>(), new RecordedStates());
        chat.StateChanges.Subscribe(states);
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync()).Status);
        await chat.StartAsync();
        await states.UntilAsync(ConnectionState.Connected);
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);
        await proxy.DisposeAsync();
        await states.UntilAsync(ConnectionState.Reconnecting);
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync()).Status);
        await chat.StopAsync();
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync()).Status);
    }

    private static IHost Build(
        Func<IServiceProvider, ChatClientOptions> options, RecordedLogs? logs = null, bool startWithHost = true)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (logs is not null) builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Information);
        builder.Services.AddChatClient(options, startWithHost);
        builder.Services.AddHealthChecks().AddChatClientHealthCheck();
        return builder.Build();
    }
}
