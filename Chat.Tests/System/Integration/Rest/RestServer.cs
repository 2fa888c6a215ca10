using System.Net;
using System.Text;
using Chat.ClientSdk;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Tests.Integration.Rest;

/// <summary>A server, and what its REST clients do.</summary>
internal sealed class RestServer : IAsyncDisposable
{
    private readonly TestServer _server;

    private RestServer(TestServer server)
    {
        _server = server;
        Http.Timeout = Bounds.Wait;
    }

    public HttpClient Http => _server.Http;

    public HttpClient Operators => _server.Operators;

    public RecordedLogs Logs => _server.Logs;

    public static async Task<RestServer> StartAsync(
        DatabaseSettings database, params (string Name, string Value)[] settings) =>
        new(await TestServer.StartAsync(database, settings));

    public T Get<T>()
        where T : notnull => _server.Services.GetRequiredService<T>();

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

    /// <summary>Any other method; an empty body is none.</summary>
    public async Task<RestAnswer> AskAsync(HttpMethod method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body.Length > 0) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        using var response = await Http.SendAsync(request);
        return await RestAnswer.ReadAsync(response);
    }

    public async Task JoinAsync(string client) =>
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/api/join", $$"""{"client_id":"{{client}}"}""")).Status);

    public async Task SendAsync(string client, string message) =>
        Assert.Equal(HttpStatusCode.OK,
            (await PostAsync("/api/send", $$"""{"client_id":"{{client}}","message":"{{message}}"}""")).Status);

    public Task<ChatHubConnection> ConnectHubAsync(string user) => _server.ConnectHubAsync(user);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
