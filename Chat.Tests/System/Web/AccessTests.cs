using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Everybody can use it: with a keyboard only, with a screen reader, on a small phone, in the dark.</summary>
[Collection(WebTests.Name)]
public sealed class AccessTests(WebSite site)
{
    [ChromiumTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Axe_finds_nothing_in_any_state(ColorScheme scheme, int width)
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = (await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "Design review" })).Id;
        foreach (var text in (string[])["Morning! The new list is at https://example.org/list",
            "Please run `./test.sh` first:\n```\nPassed!  Failed: 0, Passed: 812\n```\nThen tell me.",
            "> What is left?\n**Two** things, _soon_, not ~~today~~:\n- the list\n  1. sorted\n- the rest", "Thanks"])
            await friend.SendAsync(conversation, text);
        await using var reader = await server.ConnectHubAsync(user);
        await reader.MarkReadAsync(conversation, 2);
        await reader.SendAsync(Chat.Contracts.Identifiers.ConversationId.Lobby, "good morning all",
            new SendOptions { DedupeKey = "axe" });

        var name = $"{scheme}-{width}".ToLowerInvariant();
        var options = new BrowserNewContextOptions
        {
            ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 740 }
        };
        await using (var stranger = await site.VisitorAsync("", options: options))
        {
            await Expect(stranger.Page.Locator("#name")).ToBeVisibleAsync();
            await Axe.FindsNothingAsync(stranger.Page, $"{name} welcome");
        }
        await using var proxy = new FaultProxy(server.Url);
        await using var visitor = await site.VisitorAsync(user, proxy.Address, options);
        visitor.ConnectionMayBreak = true;
        var page = visitor.Page;
        await Expect(page.Locator(".entry").First).ToBeAttachedAsync();
        await Axe.FindsNothingAsync(page, $"{name} list");
        await WebSite.PictureAsync(page, $"{name}-list");

        await visitor.OpenAsync(conversation);
        await Expect(page.Locator(".new-line")).ToBeVisibleAsync();
        await visitor.SendAsync("On it");
        await visitor.SeesAsync("On it");
        await Axe.FindsNothingAsync(page, $"{name} conversation");
        await WebSite.PictureAsync(page, $"{name}-conversation");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "the page is wider than the screen");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "People", Exact = true }).ClickAsync();
        await Expect(page.Locator(".people li").First).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(page, $"{name} people");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Close the list of people" })
            .ClickAsync();

        await page.Keyboard.PressAsync("Alt+n");
        await page.Locator("#whom").FillAsync("bob, carol");
        await Axe.FindsNothingAsync(page, $"{name} dialog");
        await WebSite.PictureAsync(page, $"{name}-dialog");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        proxy.Refuse();
        proxy.Cut();
        await visitor.SendAsync("written offline");
        await Expect(page.Locator(".banner.bad")).ToContainTextAsync("1 message will be sent");
        await Axe.FindsNothingAsync(page, $"{name} offline");
        await WebSite.PictureAsync(page, $"{name}-offline");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task The_keyboard_is_enough()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        foreach (var title in (string[])["Older", "Newer"])
            await friend.CreateConversationAsync(
                new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = title });
        await using var visitor = await site.VisitorAsync("");
        var (page, keys) = (visitor.Page, visitor.Page.Keyboard);

        await Expect(page.Locator("#name")).ToBeFocusedAsync();
        await keys.TypeAsync(user);
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".head h2")).ToHaveTextAsync("Lobby");
        await Expect(page.Locator(".entry")).ToHaveCountAsync(3);
        await Expect(visitor.Composer).ToBeFocusedAsync();

        var titles = (await page.Locator(".entry .name").AllInnerTextsAsync()).ToList();
        await keys.PressAsync(titles.IndexOf("Lobby") == 0 ? "Alt+ArrowDown" : "Alt+ArrowUp");
        await Expect(page.Locator(".head h2")).Not.ToHaveTextAsync("Lobby");
        await Expect(visitor.Composer).ToBeFocusedAsync();

        await keys.TypeAsync("one");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("two");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#messages .text").Last).ToHaveTextAsync("one\ntwo");

        // Out of the composer, to the list with /, along it, and in again.
        await page.Locator("#messages").FocusAsync();
        await keys.PressAsync("/");
        await Expect(page.Locator("#find")).ToBeFocusedAsync();
        await keys.TypeAsync("Old");
        await Expect(page.Locator(".entry")).ToHaveCountAsync(1);
        await keys.PressAsync("ArrowDown");
        await Expect(page.Locator(".entry")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".head h2")).ToHaveTextAsync("Older");
        await Expect(visitor.Composer).ToBeFocusedAsync();

        await page.Locator("#messages").FocusAsync();
        await keys.PressAsync("?");
        await Expect(page.Locator("dialog")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator("#messages")).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(visitor.Composer).ToBeFocusedAsync();

        await page.ReloadAsync();
        await Expect(page.Locator(".head h2")).ToHaveTextAsync("Older");
        await Expect(visitor.Composer).ToBeFocusedAsync();
        var skip = page.Locator(".skip");
        for (var tabs = 0; tabs < 20
            && !await skip.EvaluateAsync<bool>("link => link === document.activeElement"); tabs++)
            await keys.PressAsync("Shift+Tab");
        await Expect(skip).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(visitor.Composer).ToBeFocusedAsync();
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_phone_shows_the_list_or_a_conversation_and_goes_back()
    {
        var user = TransportSpec.Unique("ann");
        await using var visitor = await site.VisitorAsync(user,
            options: new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 360, Height = 640 }, HasTouch = true, IsMobile = true
            });
        await Expect(visitor.Page.Locator(".main")).ToBeHiddenAsync();
        await visitor.Page.Locator(".entry").First.TapAsync();
        await Expect(visitor.Page.Locator(".side")).ToBeHiddenAsync();
        await Expect(visitor.Composer).ToBeInViewportAsync();
        await visitor.Page.GoBackAsync();
        await Expect(visitor.Page.Locator(".side")).ToBeVisibleAsync();
        await visitor.Page.Locator(".entry").First.TapAsync();
        await visitor.Page.Locator(".back").TapAsync();
        await Expect(visitor.Page.Locator(".side")).ToBeVisibleAsync();
        await visitor.HadNoTroubleAsync();
    }
}
