using System.Globalization;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Ways through a long conversation: to a message, to a day, to what is new.</summary>
[Collection(WebTests.Name)]
public sealed class JumpTests(WebSite site)
{
    private const int Messages = 900;

    [ChromiumFact]
    public async Task A_link_leads_to_a_message_wherever_it_is_and_the_way_back_is_whole()
    {
        await using var scene = await Scene.ArriveAsync(site, unread: 0);
        var (visitor, page) = (scene.Visitor, scene.Visitor.Page);
        await scene.GoToAsync(120);
        await Expect(scene.Row(120)).ToBeInViewportAsync();
        await Expect(page.Locator("article.found")).ToBeFocusedAsync();
        await Axe.FindsNothingAsync(page, "at a message");
        // Far from there, near there, and at the end.
        foreach (var seq in (int[])[700, 690, Messages]) await scene.GoToAsync(seq);

        // Scrolling down from the middle shows every message, those that come meanwhile too.
        await scene.GoToAsync(400);
        await scene.Friend.SendAsync(scene.Conversation, "meanwhile");
        await page.EvaluateAsync(
            "[...shownRows.keys()].filter(seq => !document.querySelector(`#messages li[data-seq='${seq}']`))"
                + ".forEach(seq => shownRows.delete(seq))"); // rows that are there are drawn no more
        await Eventually.HoldsAsync(async () =>
        {
            if (await scene.Row(Messages + 1).CountAsync() > 0) return true;
            await page.Locator("#messages").EvaluateAsync(
                "async scroller => { scroller.scrollTop += 500; "
                    + "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); }");
            return false;
        });
        await visitor.SeesAsync("meanwhile");
        var shown = (await visitor.ShownAsync())
            .Select(row => int.Parse(row.Split(' ')[0], CultureInfo.InvariantCulture)).Where(seq => seq > 430);
        Assert.Equal(Enumerable.Range(431, Messages + 1 - 430), shown);

        // After sending, the user's own message is shown, wherever the page was.
        await scene.GoToAsync(50);
        await visitor.SendAsync("mine");
        await visitor.SeesAsync("mine");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_link_is_copied_and_opened_in_the_app()
    {
        await using var scene = await Scene.ArriveAsync(site, unread: 0);
        var (visitor, page) = (scene.Visitor, scene.Visitor.Page);
        await visitor.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await scene.GoToAsync(300);
        await scene.Row(300).HoverAsync();
        await scene.Row(300).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "What to do" })
            .ClickAsync();
        await Axe.FindsNothingAsync(page, "acts of a message");
        await page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Copy link" }).ClickAsync();
        await Expect(page.Locator("#announcer")).ToContainTextAsync("Copied");
        var link = await page.EvaluateAsync<string>("navigator.clipboard.readText()");

        await scene.Friend.SendAsync(scene.Conversation, $"look: {link}");
        await page.Locator(".jump").ClickAsync();
        await page.Locator("#messages").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = link })
            .ClickAsync();
        await Expect(scene.Row(300)).ToBeInViewportAsync();
        Assert.Single(visitor.Context.Pages);

        // In a tab of its own as well, and with the keyboard alone.
        var other = await visitor.OpenTabAsync(new Uri(link).Fragment);
        await Expect(other.Locator("li[data-seq='300']")).ToBeInViewportAsync();
        await other.Locator("li[data-seq='300'] .acts").FocusAsync();
        await other.Keyboard.PressAsync("ArrowDown");
        await Expect(other.Locator("li[data-seq='301'] .acts")).ToBeFocusedAsync();
        await other.Keyboard.PressAsync("Enter");
        await Expect(other.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Add a reaction" }))
            .ToBeFocusedAsync();
        await other.Keyboard.PressAsync("Escape");
        await Expect(other.Locator("li[data-seq='301'] .acts")).ToBeFocusedAsync();
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task The_day_stays_in_view_and_leads_to_another_one()
    {
        await using var scene = await Scene.ArriveAsync(site, unread: 0);
        var page = scene.Visitor.Page;
        await Expect(page.Locator(".pill")).ToContainTextAsync("Today");
        await page.Locator(".pill").ClickAsync();
        await Axe.FindsNothingAsync(page, "date");
        await page.GetByLabel("Date", new PageGetByLabelOptions { Exact = true }).FillAsync(
            await page.EvaluateAsync<string>("new Date().toLocaleDateString('sv')"));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Jump", Exact = true }).ClickAsync();
        await Expect(scene.Row(1)).ToBeInViewportAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await scene.Visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Who_scrolls_while_the_end_is_loaded_arrives_there_and_the_page_lives()
    {
        await using var scene = await Scene.ArriveAsync(site, unread: 0);
        await scene.GoToAsync(120);
        // The timeline of before is scrolled as long as it is there, also when the other stretch has come.
        await scene.Visitor.Page.EvaluateAsync(
            """
            () => {
              const scroller = document.querySelector('#messages'), turns = new MessageChannel();
              turns.port1.onmessage = () => {
                if (!scroller.isConnected) return;
                scroller.scrollTop = scroller.scrollHeight;
                scroller.dispatchEvent(new Event('scroll'));
                turns.port2.postMessage(0);
              };
              turns.port2.postMessage(0);
            }
            """);
        await scene.GoToAsync(Messages);
        await scene.Visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_button_leads_to_the_first_new_message_behind_any_number_of_messages()
    {
        await using var scene = await Scene.ArriveAsync(site, unread: 800);
        var page = scene.Visitor.Page;
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "First new message" }).ClickAsync();
        await Expect(page.Locator(".new-line")).ToBeInViewportAsync();
        await Expect(scene.Row(Messages - 799)).ToBeInViewportAsync();
        await scene.Visitor.HadNoTroubleAsync();
    }

    private sealed class Scene : IAsyncDisposable
    {
        public required Chat.ClientSdk.ChatHubConnection Friend { get; init; }

        public required WebVisitor Visitor { get; init; }

        public required ConversationId Conversation { get; init; }

        public static async Task<Scene> ArriveAsync(WebSite site, int unread)
        {
            var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
            var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
            var conversation = (await friend.CreateConversationAsync(
                new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "Long" })).Id;
            await Task.WhenAll(Enumerable.Range(2, Messages - 1)
                .Select(i => friend.SendAsync(conversation, $"message {i} {new string('m', i % 97)}")));
            await using var reader = await server.ConnectHubAsync(user);
            await reader.MarkReadAsync(conversation, Messages - unread);
            var visitor = await site.VisitorAsync(user);
            await visitor.OpenAsync(conversation);
            await Expect(visitor.Page.Locator("#messages li[data-seq]").First).ToBeAttachedAsync();
            return new Scene { Friend = friend, Visitor = visitor, Conversation = conversation };
        }

        public ILocator Row(int seq) => Visitor.Page.Locator($"li[data-seq='{seq}']");

        public async Task GoToAsync(int seq)
        {
            await Visitor.Page.EvaluateAsync($"location.hash = '#/c/{Conversation}/{seq}'");
            await Expect(Row(seq)).ToBeInViewportAsync();
            await Expect(Row(seq).Locator("article")).ToBeFocusedAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Visitor.DisposeAsync();
            await Friend.DisposeAsync();
        }
    }
}
