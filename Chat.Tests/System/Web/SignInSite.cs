using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Playwright;

namespace Chat.Tests.Web;

/// <summary>A server that wants tokens, and samples/SignIn, where people get them: a process of its own, as its user
/// runs it.</summary>
internal sealed class SignInSite : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly int _tokenSeconds;
    private SampleProcess? _process;

    private SignInSite(TestDatabase database, TestServer server, Uri home, Uri provider, int tokenSeconds) =>
        (_database, Server, Home, Provider, _tokenSeconds) = (database, server, home, provider, tokenSeconds);

    public TestServer Server { get; }

    /// <summary>The address of the web app.</summary>
    public Uri Home { get; }

    public Uri Provider { get; }

    public static async Task<SignInSite> StartAsync(
        int tokenSeconds = 300, string pathBase = "", bool isProviderUp = true)
    {
        var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var provider = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var server = await TestServer.StartAsync(database.Settings,
        [
            ("Authentication:Schemes:SignIn:Authority", provider.ToString()),
            ("Authentication:Schemes:SignIn:RequireHttpsMetadata", "false"),
            ("Authentication:Schemes:SignIn:ValidIssuer", provider.ToString()),
            ("Authentication:Schemes:SignIn:ValidAudience", "chat"),
            ("Chat:WebApp:ClientId", "chat-web"), ("Chat:Server:PathBase", pathBase),
        ]);
        var site = new SignInSite(database, server, new Uri(server.Url, pathBase + "/"), provider, tokenSeconds);
        if (isProviderUp) await site.StartProviderAsync();
        return site;
    }

    public async Task StartProviderAsync()
    {
        _process = SampleProcess.Start("SignIn", "--urls", Provider.ToString(), "--Chat", Home.ToString(),
            "--TokenSeconds", $"{_tokenSeconds}");
        await _process.UntilAsync("Now listening on");
        await Eventually.HoldsAsync(async () =>
            (await Server.Http.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    public async Task StopProviderAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Somebody who has come to the app for the first time.</summary>
    public async Task<WebVisitor> VisitorAsync(WebSite web)
    {
        var visitor = await web.VisitorAsync("", Home);
        visitor.MayVisit(Provider);
        return visitor;
    }

    /// <summary>From the next page on tokens are renewed as early as they may be: what is left of their life is what a
    /// busy machine may take.</summary>
    public static Task RenewEarlyAsync(WebVisitor visitor) =>
        visitor.Context.AddInitScriptAsync("Math.random = () => 0");

    /// <summary>Goes to the provider by the button.</summary>
    public async Task GoAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in", Exact = true })
            .ClickAsync();
        await page.WaitForURLAsync(address => address.StartsWith(Provider.ToString(), StringComparison.Ordinal));
    }

    /// <summary>Fills in the provider's page.</summary>
    public static async Task EnterAsync(IPage page, string user = "ann", string password = "wonderland")
    {
        await page.GetByLabel("User").FillAsync(user);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>From the first page to a connection.</summary>
    public async Task SignInAsync(WebVisitor visitor, string user = "ann", string password = "wonderland")
    {
        await GoAsync(visitor.Page);
        await EnterAsync(visitor.Page, user, password);
        await visitor.SeesConnectionAsync("live");
    }

    public async ValueTask DisposeAsync()
    {
        await StopProviderAsync();
        await Server.DisposeAsync();
        await _database.DisposeAsync();
    }
}
