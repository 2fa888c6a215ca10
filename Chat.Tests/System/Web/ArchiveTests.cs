using Microsoft.Playwright;
using static Chat.Tests.Web.BesideScene;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>What a conversation is about, its picture, and that it is archived.</summary>
[Collection(WebTests.Name)]
public sealed class ArchiveTests(WebSite site)
{
    // CH-272
    [ChromiumFact]
    public async Task Topic_and_picture_are_shown_to_all_and_a_picture_that_may_not_or_does_not_load_is_letters()
    {
        await using var scene = await ArriveAsync(site);
        var other = scene.Bea.Page;
        var (head, listed) = (other.Locator(".head .avatar"), other.Locator(".entry[aria-current] .avatar"));
        await AboutAsync(scene.Ann, "Topic", "What ships when, and what does not");
        await Expect(other.Locator(".head .about")).ToContainTextAsync("What ships when");
        await Expect(head).ToHaveTextAsync("D");

        await AboutAsync(scene.Ann, "Address of a picture", "/app/icon.svg");
        foreach (var avatar in new[] { head, listed })
        {
            await Expect(avatar.Locator("img")).ToBeVisibleAsync();
            await Expect(avatar.Locator("img")).ToHaveJSPropertyAsync("complete", true);
            Assert.True(await avatar.Locator("img").EvaluateAsync<int>("image => image.naturalWidth") > 0);
        }
        await Axe.FindsNothingAsync(other, "topic and picture");
        await WebSite.PictureAsync(other, "topic-and-picture");

        // Nobody else is asked for a picture (the visitor reports such a request), and what fails leaves the letters.
        await AboutAsync(scene.Ann, "Address of a picture", "https://pictures.invalid/a.png");
        await Expect(other.Locator(".note").Last).ToContainTextAsync("changed the picture");
        await Expect(head.Locator("img")).ToHaveCountAsync(0);
        foreach (var one in new[] { scene.Ann, scene.Bea })
        {
            one.ConnectionMayBreak = true;
            await one.Page.RouteAsync("**/broken.png", route => route.AbortAsync());
        }
        var asked = other.WaitForRequestAsync("**/broken.png");
        await AboutAsync(scene.Ann, "Address of a picture", "/broken.png");
        await asked;
        await Expect(head.Locator("img")).ToHaveCountAsync(0);
        await Expect(head).ToHaveTextAsync("D");
        await scene.HadNoTroubleAsync();
    }

    // CH-273
    [ChromiumTheory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task An_archived_conversation_is_folded_away_and_read_only_until_it_is_opened_again(int width)
    {
        await using var scene = await ArriveAsync(site,
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 700 } });
        var (page, other) = (scene.Ann.Page, scene.Bea.Page);
        await scene.Ann.ChooseAsync("Archive");
        foreach (var one in new[] { page, other })
        {
            await Expect(one.Locator(".main .archived")).ToContainTextAsync("This conversation is archived");
            await Expect(one.Locator("#composer")).ToHaveCountAsync(0);
            await Expect(one.Locator(".note").Last).ToContainTextAsync("archived the conversation");
        }
        await Expect(other.Locator(".archived button")).ToHaveCountAsync(0);
        await Axe.FindsNothingAsync(other, "archived");
        await WebSite.PictureAsync(other, $"archived-{width}");

        // It can be read and its messages deleted; nothing else.
        await scene.Ann.OpenMenuAsync("who has time?");
        await Expect(Item(page, "Delete")).ToBeVisibleAsync();
        foreach (var act in new[] { "Edit", "Reply", "Add a reaction", "Pin" })
            await Expect(Item(page, act)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");

        // In the list it is in a group at the end, which opens; and what is searched for is found there.
        await other.EvaluateAsync("location.hash = '#/'");
        var (group, entry) = (other.Locator(".list .group button"),
            other.Locator(".entry", new PageLocatorOptions { HasText = "Design" }));
        await Expect(group).ToContainTextAsync("Archived");
        await Expect(entry).ToHaveCountAsync(0);
        await group.ClickAsync();
        await Expect(entry).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(other, "archived list");
        await WebSite.PictureAsync(other, $"archived-list-{width}");
        await group.ClickAsync();
        await other.Locator("#find").FillAsync("desi");
        await Expect(entry).ToBeVisibleAsync();
        Assert.True(await other.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "the page is wider than the screen");
        await entry.ClickAsync();

        await page.Locator(".archived button").ClickAsync();
        await Expect(other.Locator("#composer")).ToBeVisibleAsync();
        await scene.Bea.SendAsync("we go on");
        await scene.Ann.SeesAsync("we go on");
        await scene.HadNoTroubleAsync();
    }

    private static async Task AboutAsync(WebVisitor who, string field, string text)
    {
        var page = who.Page;
        await who.ChooseAsync("Title, topic and picture");
        await page.GetByLabel(field, new() { Exact = true }).FillAsync(text);
        await Axe.FindsNothingAsync(page, "title, topic and picture");
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
    }

    private static ILocator Item(IPage page, string name) =>
        page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = name, Exact = true });
}
