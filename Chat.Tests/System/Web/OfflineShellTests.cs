using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>The app opens without a network: with its own files, with drafts and with what waits to be sent, and with
/// nothing that the server has said. CH-250, CH-251.</summary>
[Collection(WebTests.Name)]
public sealed class OfflineShellTests(WebSite site)
{
    private const string Keeps =
        """
        async () => {
          for (const name of await caches.keys())
            if (await (await caches.open(name)).match(new URL('complete', document.baseURI)))
              return (await navigator.serviceWorker.ready).active !== null;
          return false;
        }
        """;

    private const string Kept =
        """
        async () => (await Promise.all((await caches.keys()).map(async name =>
          (await (await caches.open(name)).keys()).map(request => new URL(request.url).pathname)))).flat()
        """;

    [ChromiumFact]
    public async Task The_app_opens_offline_with_drafts_and_sends_what_was_written_when_the_network_is_back()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var first = await CreateAsync(friend, user, "First");
        var second = await CreateAsync(friend, user, "Second");
        await friend.SendAsync(first, "a secret that is kept nowhere");
        await using var proxy = new FaultProxy(server.Url);
        await using var visitor = await site.VisitorAsync(user, proxy.Address, Allowed());
        visitor.ConnectionMayBreak = true;
        await visitor.OpenAsync(second);
        await visitor.Composer.FillAsync("half a thought");
        await visitor.OpenAsync(first);
        await visitor.SeesAsync("a secret that is kept nowhere");
        await IsSoAsync(visitor.Page, Keeps);

        proxy.Refuse();
        proxy.Cut();
        await visitor.SendAsync("written offline");
        await Expect(visitor.Page.Locator(".pending")).ToHaveCountAsync(1);
        await visitor.KeepsAsync(1);
        await visitor.Page.CloseAsync();

        // Opened again without a server: the user's own texts are there, messages from the server are not.
        var again = await visitor.OpenTabAsync($"#/c/{first}", "offline");
        await Expect(again.Locator(".head h2")).ToHaveTextAsync("First");
        await Expect(again.Locator(".pending .text")).ToHaveTextAsync("written offline");
        await Expect(again.Locator("#messages li[data-seq]")).ToHaveCountAsync(0);
        await Expect(again.Locator(".banner.bad")).ToContainTextAsync("1 message will be sent");
        await Axe.FindsNothingAsync(again, "offline, opened anew");
        await WebSite.PictureAsync(again, "offline-anew");
        await again.Locator(".entry", new PageLocatorOptions { HasText = "Second" }).ClickAsync();
        await Expect(again.Locator("#composer")).ToHaveValueAsync("half a thought");
        // Views that are loaded later are kept as well.
        await again.Locator("#messages").FocusAsync();
        await again.Keyboard.PressAsync("?");
        await Expect(again.Locator("dialog h2")).ToHaveTextAsync("Settings and help");
        await again.Keyboard.PressAsync("Escape");
        await again.Locator("#composer").FocusAsync();
        await again.Keyboard.PressAsync("End");
        await again.Keyboard.TypeAsync(", now whole");
        await again.Keyboard.PressAsync("Enter");
        await Expect(again.Locator(".pending .text")).ToHaveTextAsync("half a thought, now whole");

        proxy.Accept();
        await Expect(again.Locator("[data-connection=live]")).ToBeAttachedAsync();
        await Expect(again.Locator(".pending")).ToHaveCountAsync(0);
        await Expect(again.Locator("#messages .text")).ToHaveTextAsync("half a thought, now whole");
        foreach (var (conversation, texts) in new[]
        {
            (first, new[] { "a secret that is kept nowhere", "written offline" }),
            (second, ["half a thought, now whole"]),
        })
        {
            // The page shows what waits in the conversation that is open; the other one is sent beside it.
            await Eventually.HoldsAsync(async () => (await BodiesAsync(conversation)).Count >= texts.Length);
            Assert.Equal(texts, await BodiesAsync(conversation));
        }

        var kept = await again.EvaluateAsync<string[]>(Kept);
        Assert.Contains("/app/main.js", kept);
        Assert.Contains("/app/texts/de.js", kept);
        Assert.All(kept, path => Assert.Matches(@"^/(complete|(app|sdk|vendor)/.+\.(js|css|svg))?$", path));
        Assert.DoesNotContain("/app/config.json", kept);
        await visitor.HadNoTroubleAsync();

        async Task<List<string?>> BodiesAsync(ConversationId conversation) => [.. (await friend.HistoryAsync(
            conversation)).Entries.OfType<MessageEntry>().Select(one => one.Body)];
    }

    [ChromiumFact]
    public async Task A_conversation_that_ended_meanwhile_goes_when_the_server_is_heard_again()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var stays = await CreateAsync(friend, user, "Stays");
        var ends = await CreateAsync(friend, user, "Ends");
        await using var proxy = new FaultProxy(server.Url);
        await using var visitor = await site.VisitorAsync(user, proxy.Address, Allowed());
        visitor.ConnectionMayBreak = true;
        await visitor.OpenAsync(stays);
        await Expect(visitor.Page.Locator(".entry", new PageLocatorOptions { HasText = "Ends" })).ToBeVisibleAsync();
        await IsSoAsync(visitor.Page, Keeps);
        await visitor.Page.CloseAsync();
        proxy.Refuse();
        proxy.Cut();
        await friend.RemoveParticipantAsync(ends, UserId.Parse(user));

        var again = await visitor.OpenTabAsync($"#/c/{ends}", "offline");
        await Expect(again.Locator(".head h2")).ToHaveTextAsync("Ends");
        proxy.Accept();
        await Expect(again.Locator(".entry", new PageLocatorOptions { HasText = "Ends" })).ToHaveCountAsync(0);
        await Expect(again.Locator(".entry", new PageLocatorOptions { HasText = "Stays" })).ToBeVisibleAsync();
        await Expect(again.Locator(".empty h2")).ToHaveTextAsync("You cannot open this conversation");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_new_version_is_shown_at_once_and_an_old_one_never_again()
    {
        await using var published = await PublishedApp.StartAsync("one");
        await using var visitor = await site.VisitorAsync("", published.Url, Allowed());
        visitor.ConnectionMayBreak = true;
        var page = visitor.Page;
        Assert.Equal("one", await VersionAsync(page));
        await page.EvaluateAsync("navigator.serviceWorker.register('sw.js').then(() => navigator.serviceWorker.ready)");
        await IsSoAsync(page, Keeps);

        await published.StopAsync();
        await page.ReloadAsync();
        Assert.Equal("one", await VersionAsync(page));
        // The error of a gateway does not replace the kept app.
        await published.StartAgainAsync("two", isAway: true);
        await page.ReloadAsync();
        Assert.Equal("one", await VersionAsync(page));
        await published.StopAsync();

        await published.StartAgainAsync("two");
        await page.ReloadAsync();
        Assert.Equal("two", await VersionAsync(page));
        await IsSoAsync(page,
            """
            async () => {
              for (const name of await caches.keys()) {
                const cache = await caches.open(name), page = await cache.match(document.baseURI);
                if (await cache.match(new URL('complete', document.baseURI))
                  && (await page?.text())?.includes('content="two"')) return true;
              }
              return false;
            }
            """);
        await published.StopAsync();
        await page.ReloadAsync();
        Assert.Equal("two", await VersionAsync(page));
    }

    // Playwright's own wait takes the promise of an answer for the answer.
    private static Task IsSoAsync(IPage page, string question) =>
        Eventually.HoldsAsync(() => page.EvaluateAsync<bool>(question));

    private static Task<string> VersionAsync(IPage page) =>
        page.Locator("meta[name=version]").EvaluateAsync<string>("one => one.content");

    private static BrowserNewContextOptions Allowed() => new() { ServiceWorkers = ServiceWorkerPolicy.Allow };

    private static async Task<ConversationId> CreateAsync(Chat.ClientSdk.ChatHubConnection friend, string user,
        string title) => (await friend.CreateConversationAsync(
        new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = title })).Id;
}
