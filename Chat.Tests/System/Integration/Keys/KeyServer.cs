using System.Net.Http.Headers;
using System.Text;
using Chat.ClientSdk;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Keys;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Rest;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Keys;

/// <summary>A server that takes tokens that it makes itself, and nothing else: no issuer is configured.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private KeyServer(TestDatabase database, TestServer server) => (_database, Server) = (database, server);

    public TestServer Server { get; }

    public static Task<KeyServer> StartAsync(DatabaseKind kind, params (string Name, string Value)[] settings) =>
        StartAsync(kind, null, settings);

    /// <summary>With a clock of the test's own: tokens end, and limits are over, when the test says so, however busy
    /// the machine is.</summary>
    public static async Task<KeyServer> StartAsync(
        DatabaseKind kind, TimeProvider? time, params (string Name, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync(kind);
        return new KeyServer(database, await TestServer.StartAsync(database.Settings, new InProcessBus(),
            time is null ? null : services => services.AddSingleton(time),
            [("Chat:Identity:Mode", "Token"), .. settings]));
    }

    /// <summary>Makes a key as the command line does.</summary>
    public async Task<string> KeyAsync(KeyScopes scopes, string tenant = "default", TimeSpan? life = null)
    {
        var wanted = new NewKey("backend", tenant == KeyRules.AllTenants ? null : Tenant.Parse(tenant), scopes, life);
        return (await Server.Services.GetRequiredService<KeyMaker>().MakeAsync(
            wanted, new AuditEntry(null, "operator:test", "", ""), default)).Key;
    }

    /// <summary>Changes the database behind the server's back.</summary>
    public Task ExecuteAsync(string sql) => _database.ExecuteAsync(sql);

    /// <summary>Asks with a key.</summary>
    public async Task<RestAnswer> AskAsync(
        string key, HttpMethod method, string path, string? body = null, string? user = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.Url, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (user is not null) request.Headers.Add("X-Chat-User", user);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        using var response = await Server.Http.SendAsync(request);
        return await RestAnswer.ReadAsync(response);
    }

    public Task<RestAnswer> GetAsync(string key, string path, string? user = null) =>
        AskAsync(key, HttpMethod.Get, path, null, user);

    public Task<RestAnswer> PostAsync(string key, string path, string body, string? user = null) =>
        AskAsync(key, HttpMethod.Post, path, body, user);

    /// <summary>Makes a token as a back end does.</summary>
    public async Task<string> TokenAsync(string key, string user, string more = "") =>
        (await PostAsync(key, "/api/v1/tokens", $$"""{"user_id":"{{user}}"{{more}}}""")).Json.GetProperty("token")
            .GetString()!;

    /// <summary>Of a hub connection with this token, which does not connect again.</summary>
    public ChatClientOptions OptionsOf(string token) => ChatClientOptions.ForServer(Server.Url) with
    {
        AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>(token), Reconnect = null,
    };

    /// <summary>A conversation of these users, made by the application.</summary>
    public async Task<string> CreateAsync(string key, params string[] users)
    {
        var ids = string.Join(',', users.Select(user => $"\"{user}\""));
        var answer = await PostAsync(key, "/api/v1/chat", $$"""{"participant_ids":[{{ids}}]}""");
        Assert.Equal(201, (int)answer.Status);
        return answer.Json.GetProperty("id").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _database.DisposeAsync();
    }
}
