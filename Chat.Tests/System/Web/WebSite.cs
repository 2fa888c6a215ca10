using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Playwright;

namespace Chat.Tests.Web;

/// <summary>One Chromium and one server for all tests of the web app. Each test has users, conversations and browser
/// contexts of its own.</summary>
public sealed class WebSite : IAsyncLifetime
{
    private static readonly string Pictures = Path.Combine(Repository.Root, "artifacts", "web");
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private TestDatabase? _database;
    private TestServer? _server;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        _gate.Dispose();
    }

    /// <summary>The server, started by the first who asks.</summary>
    internal async Task<TestServer> ServerAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_server is not null) return _server;
            _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
            return _server = await TestServer.StartAsync(_database.Settings);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A browser context whose waits are bounded.</summary>
    internal async Task<IBrowserContext> NewContextAsync()
    {
        var context = await (await BrowserAsync()).NewContextAsync();
        context.SetDefaultTimeout(Chromium.Wait);
        Assertions.SetDefaultExpectTimeout(Chromium.Wait);
        return context;
    }

    internal async Task<IBrowser> BrowserAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_browser is { IsConnected: true }) return _browser;
            _playwright ??= await Playwright.CreateAsync();
            return _browser = await Chromium.LaunchAsync(_playwright);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A browser context of somebody's own: an own store, own tabs.</summary>
    internal async Task<WebVisitor> VisitorAsync(
        string user, Uri? address = null, BrowserNewContextOptions? options = null)
    {
        var at = address ?? (await ServerAsync()).Url;
        return await WebVisitor.ArriveAsync(await BrowserAsync(), at, user, options);
    }

    /// <summary>Where a picture of the page goes: artifacts/web, which git does not keep.</summary>
    internal static async Task PictureAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Pictures);
        await page.ScreenshotAsync(
            new PageScreenshotOptions
            {
                Path = Path.Combine(Pictures, $"{name}.png"), Animations = ScreenshotAnimations.Disabled
            });
    }
}

/// <summary>The tests that share it, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class WebTests : ICollectionFixture<WebSite>
{
    public const string Name = "Web";
}
