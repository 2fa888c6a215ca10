using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Microsoft.Playwright;
using static Chat.Tests.Web.BesideScene;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Pinned messages, mentions, and leaving.</summary>
[Collection(WebTests.Name)]
public sealed class PinTests(WebSite site)
{
    [ChromiumFact]
    public async Task A_pinned_message_is_found_by_everybody_until_it_is_pinned_no_more()
    {
        await using var scene = await ArriveAsync(site);
        var (page, other) = (scene.Ann.Page, scene.Bea.Page);
        await scene.Ann.ChooseAsync("who has time?", "Pin");
        foreach (var one in new[] { page, other })
            await Expect(one.Locator("#messages li[data-seq='2']")).ToContainTextAsync("Pinned");
        for (var i = 0; i < 60; i++) await scene.Cem.SendAsync(scene.Conversation, $"further {i}");
        await scene.Bea.SeesAsync("further 59");

        await scene.Bea.ChooseAsync("Pinned messages");
        var pin = other.Locator(".panel .message-line");
        await Expect(pin).ToContainTextAsync("who has time?");
        await Expect(pin).ToContainTextAsync($"Pinned by {scene.Ann.User}");
        await Axe.FindsNothingAsync(other, "pins");
        await WebSite.PictureAsync(other, "pins");
        await pin.ClickAsync();
        await Expect(other.Locator("#messages li[data-seq='2']")).ToBeInViewportAsync();
        await Expect(other.Locator(".panel")).ToHaveCountAsync(0);

        await scene.Bea.ChooseAsync("who has time?", "Unpin");
        await Expect(other.Locator("#messages li[data-seq='2']")).Not.ToContainTextAsync("Pinned");
        await scene.Ann.ChooseAsync("Pinned messages");
        await Expect(page.Locator(".panel")).ToContainTextAsync("Nothing is pinned yet.");

        // The list that is open follows.
        await scene.Bea.ChooseAsync("who has time?", "Pin");
        await Expect(page.Locator(".panel .message-line")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Unpin" }).ClickAsync();
        await Expect(page.Locator(".panel .message-line")).ToHaveCountAsync(0);
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_mention_marks_the_conversation_and_the_inbox_leads_there()
    {
        await using var scene = await ArriveAsync(site);
        var page = scene.Bea.Page;
        await scene.Bea.OpenAsync(ConversationId.Lobby);
        await Expect(page.Locator(".head h2")).ToHaveTextAsync("Lobby");
        var mentions = new MessageMentions { Users = [UserId.Parse(scene.Bea.User)] };
        await scene.Cem.SendAsync(scene.Conversation, $"hi @{scene.Bea.User}", new SendOptions { Mentions = mentions });
        await scene.Cem.SendAsync(scene.Conversation, $"and here @{scene.Bea.User}",
            new SendOptions { Mentions = mentions, Thread = 2 });
        var entry = page.Locator(".entry", new PageLocatorOptions { HasText = "Design" });
        await Expect(entry).ToContainTextAsync("mentions you");

        await page.ReloadAsync();
        await Expect(entry).ToContainTextAsync("mentions you");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Mentions" }).ClickAsync();
        var found = page.Locator("dialog .mentions a");
        await Expect(found).ToHaveCountAsync(2);
        await Axe.FindsNothingAsync(page, "mentions");
        await WebSite.PictureAsync(page, "mentions");
        await found.Filter(new LocatorFilterOptions { HasText = "and here" }).ClickAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator("#thread-messages article.found")).ToContainTextAsync("and here");
        await Expect(page.Locator("#thread-messages article.found")).ToBeFocusedAsync();
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Everybody_is_named_at_once_where_that_is_allowed()
    {
        await using var scene = await ArriveAsync(site);
        var page = scene.Ann.Page;
        await Expect(page.Locator(".head .about")).ToContainTextAsync("4 people");
        await scene.Ann.Composer.PressSequentiallyAsync("look @eve");
        await Expect(page.Locator("#suggestions")).ToContainTextAsync("everyone");
        await Axe.FindsNothingAsync(page, "everyone");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await Expect(scene.Bea.Page.Locator("#messages .mention")).ToHaveTextAsync("@everyone");
        await Expect(scene.Bea.Page.Locator("#messages .named")).ToContainTextAsync("look");

        // In the lobby it is text like any other, and not offered.
        await scene.Ann.OpenAsync(ConversationId.Lobby);
        await Expect(page.Locator(".head h2")).ToHaveTextAsync("Lobby");
        await scene.Ann.Composer.PressSequentiallyAsync($"hi @everyone of {scene.Ann.User}");
        await Expect(page.Locator("#suggestions")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Enter");
        await scene.Ann.SeesAsync($"hi @everyone of {scene.Ann.User}");
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Whoever_leaves_is_asked_first_and_is_in_it_no_more()
    {
        await using var scene = await ArriveAsync(site);
        var page = scene.Bea.Page;
        await scene.Bea.ChooseAsync("Leave");
        await Expect(page.Locator("dialog")).ToContainTextAsync("Leave Design?");
        await Axe.FindsNothingAsync(page, "leave");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await scene.Bea.ChooseAsync("Leave");
        await page.Locator("dialog").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Leave" })
            .ClickAsync();
        await Expect(page.Locator(".main")).ToContainTextAsync("You are not in this conversation any more.");
        await Expect(scene.Ann.Page.Locator("#messages .note").Last).ToContainTextAsync("left");
        await scene.HadNoTroubleAsync();
    }
}
