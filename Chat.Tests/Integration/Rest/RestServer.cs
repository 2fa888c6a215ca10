using System.Net;
using System.Text;
using Chat.Server.Persistence;
using Chat.Tests.Unit.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Integration.Rest;

/// <summary>The whole server as <c>Program</c> composes it, on a real Kestrel, and an HTTP client that shows what travelled.</summary>
internal sealed class RestServer : IAsyncDisposable
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly WebApplicationFactory<Program> _factory;

    private RestServer(WebApplicationFactory<Program> factory, RecordedLogs logs)
    {
        _factory = factory;
        Logs = logs;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000 }) { BaseAddress = factory.ClientOptions.BaseAddress, Timeout = Bound };
    }

    public HttpClient Http { get; }

    public RecordedLogs Logs { get; }

    public IServiceProvider Services => _factory.Services;

    public static Task<RestServer> StartAsync(DatabaseSettings database, params (string Name, string Value)[] settings) => Task.Run(() =>
    {
        var logs = new RecordedLogs();
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseEnvironment("Production");
            web.UseSetting("ConnectionStrings:Chat", database.ConnectionString);
            web.UseSetting("urls", "http://127.0.0.1:0");
            foreach (var (name, value) in settings) web.UseSetting(name, value);
            web.ConfigureLogging(logging => logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Warning));
        });
        factory.UseKestrel(0);
        factory.StartServer();
        return new RestServer(factory, logs);
    });

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Begins to stop, as SIGTERM does, without waiting for the end.</summary>
    public void BeginStop() => Get<IHostApplicationLifetime>().StopApplication();

    public Task<RestAnswer> PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    /// <summary>Without a content type, as it must work too.</summary>
    public async Task<RestAnswer> PostAsync(string path, byte[] body)
    {
        using var response = await Http.PostAsync(path, new ByteArrayContent(body));
        return await RestAnswer.ReadAsync(response);
    }

    public async Task<RestAnswer> GetAsync(string path, CancellationToken ct = default)
    {
        using var response = await Http.GetAsync(path, ct);
        return await RestAnswer.ReadAsync(response);
    }

    public async Task JoinAsync(string client) => Assert.Equal(HttpStatusCode.OK, (await PostAsync("/api/join", $$"""{"client_id":"{{client}}"}""")).Status);

    public async Task SendAsync(string client, string message) =>
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/api/send", $$"""{"client_id":"{{client}}","message":"{{message}}"}""")).Status);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _factory.DisposeAsync();
    }
}
