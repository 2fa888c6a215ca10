using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Users edit and delete their messages, answer others, and mention them.</summary>
[Collection(WebTests.Name)]
public sealed class ChangeTests(WebSite site)
{
    [ChromiumFact]
    public async Task An_edit_is_shown_everywhere_and_earlier_versions_can_be_read()
    {
        await using var scene = await Scene.ArriveAsync(site);
        var (page, other) = (scene.Ann.Page, scene.Bea.Page);
        await scene.Ann.SendAsync("frist");
        await scene.Ann.SeesAsync("frist");
        await scene.Bea.SeesAsync("frist");
        await Expect(page.Locator(".ticks")).ToHaveCountAsync(1);

        // The arrow up edits the last message. Escape leaves the message and the draft as they are.
        await scene.Ann.Composer.PressAsync("ArrowUp");
        await Expect(scene.Ann.Composer).ToHaveValueAsync("frist");
        await Axe.FindsNothingAsync(page, "editing");
        await WebSite.PictureAsync(page, "editing");
        await page.Keyboard.PressAsync("Escape");
        await Expect(scene.Ann.Composer).ToHaveValueAsync("");
        await Expect(scene.Ann.Composer).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await scene.Ann.Composer.FillAsync("first");
        await page.Keyboard.PressAsync("Enter");
        await scene.Ann.SeesAsync("first");
        await scene.Bea.SeesAsync("first");
        await Expect(other.Locator("#messages")).Not.ToContainTextAsync("frist");

        await other.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "edited" }).ClickAsync();
        await Expect(other.Locator("dialog .versions li .text")).ToHaveTextAsync(["first", "frist"]);
        await Axe.FindsNothingAsync(other, "versions");
        await other.Keyboard.PressAsync("Escape");

        // After a reload the message and the list show the edited text.
        await page.ReloadAsync();
        await scene.Ann.SeesAsync("first");
        await Expect(page.Locator(".entry[aria-current] .last")).ToHaveTextAsync("You: first");
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_deletion_is_confirmed_once_and_the_message_is_gone_for_everybody()
    {
        await using var scene = await Scene.ArriveAsync(site);
        var (page, other) = (scene.Ann.Page, scene.Bea.Page);
        await scene.Ann.SendAsync("a slip");
        await scene.Bea.SeesAsync("a slip");
        await scene.Ann.ChooseAsync("a slip", "Delete");
        await Expect(page.Locator("dialog")).ToBeVisibleAsync(); // its code comes when it is first shown
        await Axe.FindsNothingAsync(page, "delete");
        await WebSite.PictureAsync(page, "delete");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await scene.Ann.SeesAsync("a slip");
        await scene.Ann.ChooseAsync("a slip", "Delete");
        await page.Locator("dialog").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" })
            .ClickAsync();
        foreach (var one in new[] { page, other })
        {
            await Expect(one.Locator("#messages .deleted")).ToHaveTextAsync("This message was deleted.");
            await Expect(one.Locator("body")).Not.ToContainTextAsync("a slip");
        }
        await other.ReloadAsync();
        await Expect(other.Locator("#messages .deleted")).ToHaveCountAsync(1);
        await Axe.FindsNothingAsync(other, "deleted");

        // The menu of another user's message has no "Edit".
        await scene.Bea.SendAsync("hers");
        await scene.Ann.SeesAsync("hers");
        await scene.Ann.OpenMenuAsync("hers");
        await Expect(page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Copy link" }))
            .ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Edit" })).ToHaveCountAsync(0);
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_change_that_is_refused_is_taken_back_and_says_why()
    {
        await using var scene = await Scene.ArriveAsync(site);
        var page = scene.Ann.Page;
        await scene.Ann.SendAsync("mine");
        await scene.Ann.SeesAsync("mine");
        await Expect(page.Locator(".ticks")).ToHaveCountAsync(1);
        await scene.Ann.ChooseAsync("mine", "Edit");
        await scene.Ann.Composer.FillAsync("changed");
        await scene.Owner.SetRoleAsync(scene.Conversation,
            new SetRole { UserId = UserId.Parse(scene.Ann.User), Role = ParticipantRole.Readonly });
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".state.failed")).ToContainTextAsync("Not changed: ");
        await scene.Ann.SeesAsync("mine");
        await Expect(page.Locator(".edited")).ToHaveCountAsync(0);
        await Axe.FindsNothingAsync(page, "refused edit");
        await WebSite.PictureAsync(page, "refused-edit");
        await page.Locator(".state.failed").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Edit" })
            .ClickAsync();
        await Expect(scene.Ann.Composer).ToHaveValueAsync("changed");
        await scene.Owner.SetRoleAsync(scene.Conversation,
            new SetRole { UserId = UserId.Parse(scene.Ann.User), Role = ParticipantRole.Member });
        await Expect(page.Locator(".note").Last).ToContainTextAsync("a member");
        await page.Keyboard.PressAsync("Enter");
        await scene.Bea.SeesAsync("changed");
        await Expect(page.Locator(".state.failed")).ToHaveCountAsync(0);
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_message_that_waits_can_be_changed_and_taken_back()
    {
        await using var scene = await Scene.ArriveAsync(site);
        var (page, waiting) = (scene.Ann.Page, scene.Ann.Page.Locator("#messages .pending"));
        await scene.Ann.SendAsync("before");
        await scene.Bea.SeesAsync("before");
        scene.Ann.ConnectionMayBreak = true;
        await scene.Ann.Context.SetOfflineAsync(true);
        await Expect(page.Locator("[data-connection=live]")).ToHaveCountAsync(0);
        await scene.Ann.SendAsync("helo");
        await scene.Ann.SendAsync("nonsense");
        await Button(waiting.Filter(new() { HasText = "nonsense" }), "Discard").ClickAsync();
        await Expect(waiting).ToHaveCountAsync(1);

        // By its button, and with the arrow up; the last of several edits will do.
        await Button(waiting, "Edit").ClickAsync();
        await scene.Ann.SendAsync("hello");
        await Expect(waiting.Locator(".text")).ToHaveTextAsync("hello");
        await Axe.FindsNothingAsync(page, "a message that waits");
        await WebSite.PictureAsync(page, "waiting-edited");
        await scene.Ann.Composer.PressAsync("ArrowUp");
        await Expect(scene.Ann.Composer).ToHaveValueAsync("hello");
        await scene.Ann.SendAsync("hello, all");

        // Others see it once.
        await Expect(waiting.Locator(".text")).ToHaveTextAsync("hello, all");
        await scene.Ann.Context.SetOfflineAsync(false);
        await scene.Bea.SeesAsync("hello, all");
        await scene.Ann.SeesAsync("hello, all");
        await Expect(waiting).ToHaveCountAsync(0);
        await Expect(scene.Bea.Page.Locator("#messages li[data-seq] .text")).ToHaveTextAsync(["before", "hello, all"]);
        await Expect(scene.Bea.Page.Locator(".edited")).ToHaveCountAsync(1);
        await Expect(page.Locator(".state")).ToHaveCountAsync(0);
        await scene.HadNoTroubleAsync();

        static ILocator Button(ILocator row, string name) =>
            row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name });
    }

    [ChromiumFact]
    public async Task An_answer_quotes_what_it_answers_and_leads_there()
    {
        await using var scene = await Scene.ArriveAsync(site);
        var (page, other) = (scene.Ann.Page, scene.Bea.Page);
        await scene.Bea.SendAsync("**When** do we meet?");
        await scene.Ann.ChooseAsync("When do we meet?", "Reply");
        await Expect(page.Locator(".editing")).ToContainTextAsync("When do we meet?");
        await Axe.FindsNothingAsync(page, "replying");
        await WebSite.PictureAsync(page, "replying");
        await scene.Ann.SendAsync("at noon");
        await scene.Bea.SeesAsync("at noon");
        var quote = other.Locator("#messages .quote");
        await Expect(quote).ToContainTextAsync("When do we meet?");
        await quote.ClickAsync();
        await Expect(other.Locator("article.found")).ToContainTextAsync("When do we meet?");
        await Axe.FindsNothingAsync(other, "an answer");

        // The answer stays when the message that it quotes is deleted.
        await scene.Bea.ChooseAsync("When do we meet?", "Delete");
        await other.Locator("dialog").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" })
            .ClickAsync();
        await Expect(page.Locator("#messages .quote")).ToContainTextAsync("This message was deleted.");
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Names_are_completed_and_stand_out()
    {
        await using var scene = await Scene.ArriveAsync(site);
        var (page, other) = (scene.Ann.Page, scene.Bea.Page);
        await scene.Ann.Composer.PressSequentiallyAsync($"hi @{scene.Bea.User[..3]}");
        await Expect(page.Locator("#suggestions [aria-selected=true]")).ToContainTextAsync(scene.Bea.User);
        await Axe.FindsNothingAsync(page, "suggestions");
        await WebSite.PictureAsync(page, "suggestions");
        await page.Keyboard.PressAsync("Enter");
        await Expect(scene.Ann.Composer).ToHaveValueAsync($"hi @{scene.Bea.User} ");
        await Expect(scene.Ann.Composer).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("you");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#messages .mention")).ToHaveTextAsync($"@{scene.Bea.User}");
        await Expect(other.Locator("#messages .mention")).ToHaveTextAsync($"@{scene.Bea.User}");
        await scene.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task The_menu_of_a_message_shows_its_readers()
    {
        await using var scene = await Scene.ArriveAsync(site);
        await scene.Ann.SendAsync("read me");
        await scene.Bea.SeesAsync("read me");
        await Expect(scene.Ann.Page.Locator(".ticks").Last).ToHaveTextAsync("Read");
        await scene.Ann.ChooseAsync("read me", "Read by");
        await Expect(scene.Ann.Page.Locator("dialog .readers li")).ToContainTextAsync(scene.Bea.User);
        await Axe.FindsNothingAsync(scene.Ann.Page, "read by");
        await scene.HadNoTroubleAsync();
    }

    private sealed class Scene : IAsyncDisposable
    {
        public required WebVisitor Ann { get; init; }

        public required WebVisitor Bea { get; init; }

        public required Chat.ClientSdk.ChatHubConnection Owner { get; init; }

        public required ConversationId Conversation { get; init; }

        public static async Task<Scene> ArriveAsync(WebSite site)
        {
            var (ann, bea) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bea"));
            var owner = await (await site.ServerAsync()).ConnectHubAsync(TransportSpec.Unique("owner"));
            var conversation = (await owner.CreateConversationAsync(new CreateConversation
            {
                ParticipantIds = [UserId.Parse(ann), UserId.Parse(bea)], Title = "Three"
            })).Id;
            var scene = new Scene
            {
                Ann = await site.VisitorAsync(ann), Bea = await site.VisitorAsync(bea), Owner = owner,
                Conversation = conversation,
            };
            foreach (var one in new[] { scene.Ann, scene.Bea })
            {
                await one.OpenAsync(conversation);
                await Expect(one.Page.Locator(".head .about")).ToContainTextAsync("3 online");
            }
            return scene;
        }

        public async Task HadNoTroubleAsync()
        {
            await Ann.HadNoTroubleAsync();
            await Bea.HadNoTroubleAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Ann.DisposeAsync();
            await Bea.DisposeAsync();
            await Owner.DisposeAsync();
        }
    }
}
