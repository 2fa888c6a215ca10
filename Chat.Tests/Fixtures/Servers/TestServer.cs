using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>The whole server as <c>Program</c> composes it, on a real Kestrel and a free port. Several may run at once,
/// also on one database.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string OperatorsKey = "the-key-of-the-tests";

    private readonly WebApplicationFactory<Program> _factory;
    private readonly HttpClient _http;

    private TestServer(WebApplicationFactory<Program> factory, RecordedLogs logs)
    {
        _factory = factory;
        Logs = logs;
        var server = factory.Services.GetRequiredService<IServer>();
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        (Url, OperatorsUrl) = (new Uri(addresses.First()), new Uri(addresses.Last()));
        _http = new HttpClient { BaseAddress = Url };
        Operators = new HttpClient
        {
            BaseAddress = OperatorsUrl, DefaultRequestHeaders = { Authorization = new("Bearer", OperatorsKey) },
        };
    }

    public Uri Url { get; }

    public HttpClient Http => _http;

    public Uri OperatorsUrl { get; }

    /// <summary>An operator's: with the key, at the listener for them.</summary>
    public HttpClient Operators { get; }

    /// <summary>What was logged as a warning or worse.</summary>
    public RecordedLogs Logs { get; }

    public IServiceProvider Services => _factory.Services;

    public static Task<TestServer> StartAsync(
        DatabaseSettings database, params (string Name, string Value)[] settings) =>
        StartAsync(database, new InProcessBus(), settings);

    /// <summary>One of several instances in this process: those with the same bus tell each other what
    /// happens.</summary>
    public static Task<TestServer> StartAsync(
        DatabaseSettings database, InProcessBus bus, params (string Name, string Value)[] settings) =>
        StartAsync(database, bus, null, settings);

    /// <summary>With services of the test's own.</summary>
    public static Task<TestServer> StartAsync(
        DatabaseSettings database, InProcessBus bus, Action<IServiceCollection>? configure,
        params (string Name, string Value)[] settings) => Task.Run(() =>
    {
        var logs = new RecordedLogs();
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseEnvironment("Production");
            web.UseSetting("urls", "http://127.0.0.1:0");
            web.UseSetting("ConnectionStrings:Chat", database.ConnectionString);
            web.UseSetting("Chat:Operators:Key", OperatorsKey);
            web.UseSetting("Chat:Limits:Factor", "0"); // tests send as fast as they can
            web.UseSetting("Chat:Server:ReadinessSeconds", "60"); // a busy machine is not a database that is away
            web.UseSetting("DOTNET_RUNNING_IN_CONTAINER", ""); // the tests may run in one: it is not the server's
            foreach (var (name, value) in settings) web.UseSetting(name, value);
            web.ConfigureTestServices(services =>
            {
                services.AddSingleton(bus);
                configure?.Invoke(services);
            });
            web.ConfigureLogging(
                logging => logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Warning));
        });
        factory.UseKestrel();
        factory.StartServer();
        return new TestServer(factory, logs);
    });

    /// <summary>A hub connection that is started; it does not reconnect unless asked to.</summary>
    public async Task<ChatHubConnection> ConnectHubAsync(
        string user, Func<ChatClientOptions, ChatClientOptions>? change = null)
    {
        var options = ChatClientOptions.ForServer(Url) with { UserId = UserId.Parse(user), Reconnect = null };
        var hub = new ChatHubConnection(change?.Invoke(options) ?? options);
        await hub.StartAsync();
        return hub;
    }

    public Task<RawClient> ConnectRawAsync(string user, string features = "") =>
        RawClient.ConnectAsync(Url, $"user_id={Uri.EscapeDataString(user)}&features={features}");

    /// <summary>The errors logged since the last call: a fault of the server, whatever its clients did.</summary>
    public string TakeErrors()
    {
        var errors = new List<string>();
        while (Logs.All.TryDequeue(out var log))
            if (log.Level >= LogLevel.Error) errors.Add($"{log.Text} {log.Exception}");
        return string.Join("\n", errors);
    }

    /// <summary>Ends when the metrics have this: some are counted behind what a client sees.</summary>
    public Task UntilMetricAsync(string text) => Eventually.HoldsAsync(async () =>
        (await Operators.GetStringAsync("/metrics")).Contains(text, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Operators.Dispose();
        await _factory.DisposeAsync();
    }
}
