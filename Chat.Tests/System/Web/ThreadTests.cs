using Chat.Contracts.Commands;
using Microsoft.Playwright;
using static Chat.Tests.Web.BesideScene;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Threads beside the conversation.</summary>
[Collection(WebTests.Name)]
public sealed class ThreadTests(WebSite site)
{
    [ChromiumFact]
    public async Task A_thread_is_written_in_beside_the_conversation_and_counted_under_its_first_message()
    {
        await using var scene = await ArriveAsync(site);
        var (page, other) = (scene.Ann.Page, scene.Bea.Page);
        await scene.Bea.ChooseAsync("who has time?", "Reply in thread");
        await Expect(other.Locator("#thread-composer")).ToBeFocusedAsync();
        await ReplyAsync(scene.Bea, "I have");
        await Expect(Reply(scene.Bea, "I have")).ToBeVisibleAsync();

        // The author of the first message follows the thread: the reply is unread, and not in the conversation.
        var chip = page.Locator("#messages .replies");
        await Expect(chip).ToContainTextAsync("1 reply");
        await Expect(chip).ToContainTextAsync(scene.Bea.User);
        await Expect(chip.Locator(".badge")).ToHaveTextAsync("1 new");
        await Expect(page.Locator(".head .threads .badge")).ToHaveTextAsync("1");
        await Expect(scene.Ann.Message("I have")).ToHaveCountAsync(0);
        await Axe.FindsNothingAsync(page, "replies");

        await chip.ClickAsync();
        await Expect(Reply(scene.Ann, "I have")).ToBeVisibleAsync();
        await Expect(chip.Locator(".badge")).ToHaveCountAsync(0);
        await Expect(page.Locator(".head .threads")).ToHaveCountAsync(0);
        await page.GetByLabel("Show it in the conversation too").CheckAsync();
        await ReplyAsync(scene.Ann, "Friday then");
        await scene.Bea.SeesAsync("Friday then");
        await Expect(page.GetByLabel("Show it in the conversation too")).Not.ToBeCheckedAsync();
        await Expect(other.Locator("#messages .replies")).ToContainTextAsync("2 replies");

        // Edited, quoted and deleted as everywhere.
        await scene.Ann.ChooseAsync("I have", "Reply", "#thread-messages");
        await ReplyAsync(scene.Ann, "graet");
        await Expect(other.Locator("#thread-messages .quote")).ToContainTextAsync("I have");
        await page.Locator("#thread-composer").PressAsync("ArrowUp");
        await Expect(page.Locator("#thread-composer")).ToHaveValueAsync("graet");
        await ReplyAsync(scene.Ann, "great");
        await Expect(Reply(scene.Bea, "great")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(other, "thread");
        await WebSite.PictureAsync(other, "thread");
        await scene.Ann.ChooseAsync("great", "Delete", "#thread-messages");
        await page.Locator("dialog").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" })
            .ClickAsync();
        await Expect(other.Locator("#thread-messages .deleted")).ToHaveCountAsync(1);
        foreach (var one in new[] { page, other })
            await Expect(one.Locator("#messages .replies")).ToContainTextAsync("2 replies");
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Replies_can_be_marked_as_unread_until_the_thread_is_opened_again()
    {
        await using var scene = await ArriveAsync(site);
        foreach (var text in new[] { "first reply", "second reply" })
            await scene.Cem.SendAsync(scene.Conversation, text, new SendOptions { Thread = 2 });
        var (page, chip) = (scene.Ann.Page, scene.Ann.Page.Locator("#messages .replies"));
        await chip.ClickAsync();
        await Expect(Reply(scene.Ann, "second reply")).ToBeVisibleAsync();
        await Expect(chip.Locator(".badge")).ToHaveCountAsync(0);
        await scene.Ann.ChooseAsync("second reply", "Mark as unread", "#thread-messages");
        await Expect(chip.Locator(".badge")).ToHaveTextAsync("1 new");
        await Expect(page.Locator("#thread-messages .new-line")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".panel")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(chip.Locator(".badge")).ToHaveTextAsync("1 new");
        await chip.ClickAsync();
        await Expect(chip.Locator(".badge")).ToHaveCountAsync(0);

        // Who does not follow the thread has nothing to mark.
        await scene.Bea.Page.Locator("#messages .replies").ClickAsync();
        await scene.Bea.OpenMenuAsync("second reply", "#thread-messages");
        await Expect(scene.Bea.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Reply", Exact = true }))
            .ToBeVisibleAsync();
        await Expect(scene.Bea.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Mark as unread" }))
            .ToHaveCountAsync(0);
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Escape_the_way_back_and_the_button_close_it_and_the_focus_goes_where_it_came_from()
    {
        await using var scene = await ArriveAsync(site);
        await scene.Cem.SendAsync(scene.Conversation, "me", new SendOptions { Thread = 2 });
        var page = scene.Bea.Page;
        var (chip, panel) = (page.Locator("#messages .replies"), page.Locator(".panel"));
        foreach (var close in (Func<Task>[])[() => page.Keyboard.PressAsync("Escape"), () => page.GoBackAsync(),
            () => panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close what" }).ClickAsync()])
        {
            await chip.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("#thread-composer")).ToBeFocusedAsync();
            await close();
            await Expect(panel).ToHaveCountAsync(0);
            await Expect(chip).ToBeFocusedAsync();
            await Expect(page).ToHaveURLAsync(
                new System.Text.RegularExpressions.Regex($"#/c/{scene.Conversation}$"));
        }
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_link_to_a_reply_opens_its_thread_there()
    {
        await using var scene = await ArriveAsync(site);
        for (var i = 3; i <= 150; i++)
            await scene.Cem.SendAsync(scene.Conversation, $"reply {i}", new SendOptions { Thread = 2 });
        await scene.Ann.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var page = scene.Ann.Page;
        await page.Locator("#messages .replies").ClickAsync();
        await Expect(Reply(scene.Ann, "reply 150")).ToBeVisibleAsync();
        await page.EvaluateAsync($"location.hash = '#/c/{scene.Conversation}/t/2/20'");
        var row = page.Locator("#thread-messages li[data-seq='20']");
        await Expect(row).ToBeInViewportAsync();
        await Expect(row.Locator("article")).ToBeFocusedAsync();
        await scene.Ann.ChooseAsync("reply 20", "Copy link", "#thread-messages");
        await Expect(page.Locator("#announcer")).ToContainTextAsync("Copied");
        var link = await page.EvaluateAsync<string>("navigator.clipboard.readText()");

        var tab = await scene.Ann.OpenTabAsync(new Uri(link).Fragment);
        var there = tab.Locator("#thread-messages li[data-seq='20']");
        await Expect(there).ToBeInViewportAsync();
        await Expect(there.Locator("article")).ToBeFocusedAsync();

        // From there to the end every reply comes, and the way up leads to the first message.
        await ScrollToAsync(tab, 150, by: 600);
        await ScrollToAsync(tab, 2, by: -600);
        var shown = await tab.EvaluateAsync<int[]>(
            "[...shownRows.keys()].filter(seq => seq >= 2).sort((a, b) => a - b)");
        Assert.Equal(Enumerable.Range(2, 149), shown);
        await scene.HadNoTroubleAsync();

        static Task ScrollToAsync(IPage page, int sequence, int by) => Eventually.HoldsAsync(async () =>
        {
            if (await page.Locator($"#thread-messages li[data-seq='{sequence}']").CountAsync() > 0) return true;
            await ScrollAsync(page, by);
            return false;
        });

        static Task ScrollAsync(IPage page, int by) => page.Locator("#thread-messages").EvaluateAsync(
            $$"""
              async scroller => {
                scroller.scrollTop += {{by}};
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
              }
              """);
    }

    [ChromiumFact]
    public async Task Threads_are_listed_and_followed_or_not()
    {
        await using var scene = await ArriveAsync(site);
        await scene.Cem.SendAsync(scene.Conversation, "first", new SendOptions { Thread = 2 });
        var page = scene.Bea.Page;
        await scene.Bea.ChooseAsync("Threads");
        await Expect(page.Locator("#panel-title")).ToBeFocusedAsync();
        var one = page.Locator(".panel .message-line");
        await Expect(one).ToContainTextAsync("who has time?");
        await Expect(one).ToContainTextAsync("1 reply");
        await Axe.FindsNothingAsync(page, "threads");
        await WebSite.PictureAsync(page, "threads");
        await one.ClickAsync();
        await Expect(Reply(scene.Bea, "first")).ToBeVisibleAsync();

        // Who does not follow is told of nothing; who follows is, while something else is read.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Follow", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Unfollow" }))
            .ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".panel")).ToHaveCountAsync(0);
        await scene.Cem.SendAsync(scene.Conversation, "second", new SendOptions { Thread = 2 });
        await Expect(page.Locator("#messages .replies .badge")).ToHaveTextAsync("1 new");
        await Expect(page.Locator("#announcer")).ToContainTextAsync("second");

        // After a reload too.
        await page.ReloadAsync();
        await Expect(page.Locator("#messages .replies .badge")).ToHaveTextAsync("1 new");
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_reply_waits_for_the_connection_and_a_draft_is_kept()
    {
        await using var scene = await ArriveAsync(site);
        var page = scene.Bea.Page;
        scene.Bea.ConnectionMayBreak = true;
        await scene.Bea.Composer.FillAsync("for all");
        await scene.Bea.ChooseAsync("who has time?", "Reply in thread");
        await page.Locator("#thread-composer").FillAsync("not yet");
        await page.ReloadAsync();
        await Expect(page.Locator("#thread-composer")).ToHaveValueAsync("not yet");
        await Expect(scene.Bea.Composer).ToHaveValueAsync("for all");

        await scene.Bea.SeesConnectionAsync("live");
        await scene.Bea.Context.SetOfflineAsync(true);
        await ReplyAsync(scene.Bea, "written offline");
        await Expect(page.Locator("#thread-messages .pending")).ToContainTextAsync("written offline");
        await Expect(page.Locator("#messages .pending")).ToHaveCountAsync(0);
        await scene.Bea.Context.SetOfflineAsync(false);
        await Expect(scene.Ann.Page.Locator("#messages .replies")).ToContainTextAsync("1 reply");
        await Expect(page.Locator("#thread-messages .pending")).ToHaveCountAsync(0);
        await scene.HadNoTroubleAsync();
    }

    [ChromiumTheory]
    [InlineData("en-GB", ColorScheme.Light)]
    [InlineData("de-DE", ColorScheme.Dark)]
    public async Task On_a_phone_a_thread_lies_over_the_conversation(string locale, ColorScheme scheme)
    {
        await using var scene = await ArriveAsync(site, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 320, Height = 640 }, HasTouch = true, IsMobile = true,
            Locale = locale, ColorScheme = scheme,
        });
        await scene.Cem.SendAsync(scene.Conversation, "a reply", new SendOptions { Thread = 2 });
        var page = scene.Bea.Page;
        await page.Locator("#messages .replies").TapAsync();
        await Expect(Reply(scene.Bea, "a reply")).ToBeInViewportAsync();
        // The keyboard does not come by itself, and nothing behind it can be reached.
        await Expect(page.Locator("#panel-title")).ToBeFocusedAsync();
        await Expect(page.Locator(".main")).ToHaveJSPropertyAsync("inert", true);
        await Axe.FindsNothingAsync(page, $"thread on a phone, {locale}");
        await WebSite.PictureAsync(page, $"thread-phone-{locale}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "the page is wider than the screen");
        await page.GoBackAsync();
        await Expect(page.Locator(".panel")).ToHaveCountAsync(0);
        await Expect(page.Locator(".main")).ToHaveJSPropertyAsync("inert", false);
        await Expect(scene.Bea.Composer).ToBeInViewportAsync();
        await scene.HadNoTroubleAsync();
    }
}
