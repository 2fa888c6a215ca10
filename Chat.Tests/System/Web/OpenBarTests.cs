using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Who can be reached by others and asks nobody who they are says so (CH-169).</summary>
[Collection(WebTests.Name)]
public sealed class OpenBarTests(WebSite web)
{
    [ChromiumTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task A_server_that_somebody_has_opened_says_so_in_a_bar(int width, ColorScheme colors)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, ("Chat:Identity:Mode", "Open"));
        await using var visitor = await web.VisitorAsync("ann", server.Url, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 700 }, ColorScheme = colors,
        });
        var bar = visitor.Page.Locator(".open-bar");
        await Expect(bar).ToHaveTextAsync("Open server. Anyone can use any name here, and read and write as them.");
        (await bar.BoundingBoxAsync())!.Width.Should().Be(width);
        await Axe.FindsNothingAsync(visitor.Page, $"open bar {width}");
        await WebSite.PictureAsync(visitor.Page, $"open-bar-{width}");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_server_for_this_machine_only_does_not()
    {
        await using var visitor = await web.VisitorAsync("ann");
        await Expect(visitor.Page.Locator(".bars")).ToBeAttachedAsync();
        (await (await web.ServerAsync()).Http.GetStringAsync("/app/config.json")).Should().Be("""{"mode":"open"}""");
        await Expect(visitor.Page.Locator(".open-bar")).ToHaveCountAsync(0);
    }
}
