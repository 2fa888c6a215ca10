using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Language and theme: the browser's and the device's, or those that were chosen.</summary>
[Collection(WebTests.Name)]
public sealed class LookTests(WebSite site)
{
    private const string Background = "getComputedStyle(document.body).backgroundColor";

    [ChromiumFact]
    public async Task A_German_browser_reads_German_and_what_is_chosen_is_remembered()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "Design" });
        var options = new BrowserNewContextOptions
        {
            Locale = "de-DE", ViewportSize = new ViewportSize { Width = 320, Height = 740 }
        };
        await using (var stranger = await site.VisitorAsync("", options: options))
            await Expect(stranger.Page.Locator("h1")).ToHaveTextAsync("Willkommen bei Chat");

        await using var visitor = await site.VisitorAsync(user, options: options);
        var page = visitor.Page;
        await page.Locator(".entry", new PageLocatorOptions { HasText = "Design" }).ClickAsync();
        await Expect(page.Locator(".note").First).ToContainTextAsync("hat die Unterhaltung begonnen");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Zurück zur Liste" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Einstellungen und Hilfe" })
            .ClickAsync();
        await Axe.FindsNothingAsync(page, "German settings");
        await WebSite.PictureAsync(page, "german-settings");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "the page is wider than the screen");

        // A chosen language holds at once and after a reload.
        await page.GetByLabel("Sprache").SelectOptionAsync("en");
        await Expect(page.Locator("dialog h2")).ToHaveTextAsync("Settings and help");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".entry", new PageLocatorOptions { HasText = "Design" }).ClickAsync();
        await Expect(page.Locator(".note").First).ToContainTextAsync("started the conversation");
        await page.ReloadAsync();
        await Expect(page.Locator(".note").First).ToContainTextAsync("started the conversation");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_theme_that_was_chosen_is_there_before_anything_is_drawn()
    {
        var user = TransportSpec.Unique("ann");
        await using var visitor = await site.VisitorAsync(user,
            options: new BrowserNewContextOptions { ColorScheme = ColorScheme.Light });
        var page = visitor.Page;
        var light = await page.EvaluateAsync<string>(Background);
        await page.Locator("#messages").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await page.GetByLabel("Appearance").SelectOptionAsync("dark");
        var dark = await page.EvaluateAsync<string>(Background);
        Assert.NotEqual(light, dark);

        // The theme does not depend on the app's script.
        await page.RouteAsync("**/app/main.js", route => route.AbortAsync());
        visitor.ConnectionMayBreak = true;
        await page.ReloadAsync();
        Assert.Equal(dark, await page.EvaluateAsync<string>(Background));
        await page.UnrouteAllAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("[data-connection=live]")).ToBeAttachedAsync();
        await page.Locator("#messages").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await page.GetByLabel("Appearance").SelectOptionAsync("system");
        Assert.Equal(light, await page.EvaluateAsync<string>(Background));
        await visitor.HadNoTroubleAsync();
    }
}
