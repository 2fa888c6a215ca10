using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>The .NET client in a browser: samples/BlazorChat.</summary>
[Collection(WebTests.Name)]
public sealed class BlazorTests(WebSite site)
{
    [ChromiumTheory]
    [InlineData("")]
    [InlineData("?transports=LongPolling")]
    public async Task A_page_of_the_servers_own_origin_connects_sends_and_reads(string query)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, new InProcessBus(),
            BlazorSite.InFrontOf);
        await TalkAsync(server, new Uri(server.Url, "/" + query));
    }

    [ChromiumFact]
    public async Task A_page_of_another_origin_connects_sends_and_reads()
    {
        await using var blazor = await BlazorSite.StartAsync();
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Chat:Server:AllowedOrigins", blazor.Url.GetLeftPart(UriPartial.Authority)));
        await TalkAsync(server, new Uri(blazor.Url, $"/?server={server.Url}"));
    }

    private async Task TalkAsync(TestServer server, Uri page)
    {
        var (ann, bob) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bob"));
        await using var other = await ChatClient.ConnectAsync(
            ChatClientOptions.ForServer(server.Url) with { UserId = UserId.Parse(bob) });
        await other.SendAsync(ConversationId.Lobby, $"before {ann} came");
        await using var context = await site.NewContextAsync();
        var tab = await context.NewPageAsync();
        var errors = new List<string>();
        tab.Console += (_, line) =>
        {
            if (line.Type == "error") lock (errors) errors.Add(line.Text);
        };
        await tab.GotoAsync(page.AbsoluteUri);

        await tab.Locator("#name").FillAsync(ann);
        await tab.Locator("#name").PressAsync("Enter");
        await Expect(tab.Locator("#state")).ToHaveTextAsync("Connected");
        await Expect(tab.Locator("#messages li", Having($"{bob} before {ann} came"))).ToBeVisibleAsync();
        await tab.Locator("#text").FillAsync($"{ann} is here");
        await tab.Locator("#text").PressAsync("Enter");
        await Expect(tab.Locator("#messages li:not(.pending)", Having($"{ann} is here"))).ToBeVisibleAsync();
        await other.SendAsync(ConversationId.Lobby, $"welcome {ann}");
        await Expect(tab.Locator("#messages li", Having($"{bob} welcome {ann}"))).ToBeVisibleAsync();

        var history = await other.HistoryAsync(ConversationId.Lobby);
        Assert.Single(history.Entries, entry => entry.SenderId.Value == ann);
        lock (errors) Assert.Empty(errors);
    }

    private static PageLocatorOptions Having(string text) => new() { HasText = text };
}
