using System.Net.Http.Headers;
using Chat.ClientSdk;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Identity;

/// <summary>A server with two issuers: one with a secret, as <c>dotnet user-jwts</c> configures it, and one with key
/// pairs that are fetched.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private TokenServer(TestDatabase database, IssuerSite site, TestTokens tokens, TestServer server) =>
        (_database, Site, Tokens, Server) = (database, site, tokens, server);

    public TestServer Server { get; }

    public TestTokens Tokens { get; }

    public IssuerSite Site { get; }

    public static async Task<TokenServer> StartAsync(
        DatabaseKind kind, params (string Name, string Value)[] settings) =>
        await StartAsync(kind, await IssuerSite.StartAsync(), settings);

    /// <summary>On SQLite, with a clock that the test lets leap: its tokens end when the test says so, however busy the
    /// machine is.</summary>
    public static async Task<TokenServer> StartAsync(LeapingTime time) =>
        await StartAsync(DatabaseKind.Sqlite, await IssuerSite.StartAsync(), [], time);

    public static Task<TokenServer> StartAsync(
        DatabaseKind kind, IssuerSite site, params (string Name, string Value)[] settings) =>
        StartAsync(kind, site, settings, null);

    private static async Task<TokenServer> StartAsync(
        DatabaseKind kind, IssuerSite site, (string Name, string Value)[] settings, TimeProvider? time)
    {
        var (database, tokens) = (await TestDatabase.CreateAsync(kind), new TestTokens());
        var server = await TestServer.StartAsync(database.Settings, new InProcessBus(),
            time is null ? null : services => services.AddSingleton(time),
            [.. tokens.Settings, .. site.Settings, .. settings]);
        await Eventually.HoldsAsync(async () =>
            (await server.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
        return new TokenServer(database, site, tokens, server);
    }

    /// <summary>An HTTP client with a token.</summary>
    public HttpClient ClientOf(string token) => new()
    {
        BaseAddress = Server.Url,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public ChatClientOptions OptionsOf(string token) => ChatClientOptions.ForServer(Server.Url) with
    {
        AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>(token), Reconnect = null,
    };

    public async Task<ChatHubConnection> ConnectHubAsync(
        string token, ChatTransports transports = ChatTransports.All)
    {
        var hub = new ChatHubConnection(OptionsOf(token) with { Transports = transports });
        await hub.StartAsync();
        return hub;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Site.DisposeAsync();
        await _database.DisposeAsync();
    }
}
