using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Users;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>People talk in the web app.</summary>
[Collection(WebTests.Name)]
public sealed class TalkTests(WebSite site)
{
    [ChromiumFact]
    public async Task Two_people_talk_and_see_each_other_there_typing_and_reading()
    {
        var (ann, bea) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bea"));
        await using var hers = await site.VisitorAsync(bea);
        await using var mine = await site.VisitorAsync(ann);

        await StartAsync(mine, bea);
        await Expect(mine.Page.Locator(".head .about")).ToHaveTextAsync("online");
        await mine.SendAsync("Hello Bea");
        await mine.SeesAsync("Hello Bea");
        await Expect(mine.Page.Locator(".ticks").Last).ToHaveTextAsync("Sent");

        // She is elsewhere: the list shows it, and the title.
        var entry = hers.Page.Locator(".entry", new PageLocatorOptions { HasText = ann });
        await Expect(entry.Locator(".badge")).ToContainTextAsync("unread");
        await Expect(hers.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(@"^\(\d+\+?\) Chat$"));
        await entry.ClickAsync();
        await hers.SeesAsync("Hello Bea");
        await Expect(hers.Page.Locator(".new-line")).ToBeVisibleAsync();
        await Expect(mine.Page.Locator(".ticks").Last).ToHaveTextAsync("Read");
        await Expect(entry.Locator(".badge")).ToHaveCountAsync(0);

        await hers.Composer.PressSequentiallyAsync("Hi ");
        await Expect(mine.Page.Locator(".typists")).ToContainTextAsync($"{bea} is typing");
        await WebSite.PictureAsync(mine.Page, "typing");
        await hers.Composer.PressAsync("Enter");
        await mine.SeesAsync("Hi");
        await Expect(mine.Page.Locator(".typists")).ToBeEmptyAsync();
        await Expect(hers.Page.Locator(".ticks").Last).ToHaveTextAsync("Read");
        await Expect(mine.Page.Locator("#announcer")).ToContainTextAsync($"{bea}: Hi");

        await hers.HadNoTroubleAsync();
        await hers.DisposeAsync();
        await Expect(mine.Page.Locator(".head .about")).ToContainTextAsync("seen");
        await mine.HadNoTroubleAsync();
    }

    // CH-210, CH-211
    [ChromiumFact]
    public async Task One_who_is_blocked_can_write_directly_no_more_until_that_ends()
    {
        var (ann, bea) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bea"));
        await using var hers = await site.VisitorAsync(bea);
        await using var mine = await site.VisitorAsync(ann);
        await StartAsync(mine, bea);
        await mine.SendAsync("Hello Bea");
        await hers.Page.Locator(".entry", new PageLocatorOptions { HasText = ann }).ClickAsync();
        await hers.SeesAsync("Hello Bea");

        await mine.Page.GetByRole(AriaRole.Button, new() { Name = "People", Exact = true }).ClickAsync();
        await mine.Page.GetByRole(AriaRole.Button, new() { Name = $"Block {bea}", Exact = true }).ClickAsync();
        await Expect(mine.Page.GetByRole(AriaRole.Button, new() { Name = $"Unblock {bea}", Exact = true }))
            .ToBeVisibleAsync();

        await Expect(hers.Page.Locator(".head .about")).Not.ToHaveTextAsync("online");
        await hers.SendAsync("Are you there?");
        await Expect(hers.Page.Locator(".failed").First).ToBeVisibleAsync();

        await mine.Page.GetByRole(AriaRole.Button, new() { Name = $"Unblock {bea}", Exact = true }).ClickAsync();
        await Expect(mine.Page.GetByRole(AriaRole.Button, new() { Name = $"Block {bea}", Exact = true }))
            .ToBeVisibleAsync();
        await hers.SendAsync("Hello again");
        await mine.SeesAsync("Hello again");
    }

    // CH-150, CH-152
    [ChromiumFact]
    public async Task A_name_that_the_back_end_gives_is_shown_in_place_of_the_id_and_changes_while_one_looks()
    {
        var (ann, bea) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bea"));
        var server = await site.ServerAsync();
        var names = server.Services.GetRequiredService<UserDirectory>();
        await names.SetNameAsync(UserId.Parse(bea).Key(), "Bea Bäcker", CancellationToken.None);
        await using var hers = await server.ConnectHubAsync(bea);
        var group = (await hers.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse(ann), UserId.Parse(bea)],
        })).Id;
        await hers.SendAsync(group, "Hello Ann");
        await using var mine = await site.VisitorAsync(ann);
        await mine.Page.Locator(".entry", new PageLocatorOptions { HasText = "Hello Ann" }).ClickAsync();

        await mine.SeesAsync("Hello Ann");
        await Expect(mine.Page.Locator(".head h2")).ToHaveTextAsync("Bea Bäcker");
        await Expect(mine.Page.Locator(".message .sender")).ToHaveTextAsync("Bea Bäcker");
        await Expect(mine.Page.Locator(".note").First).ToContainTextAsync("Bea Bäcker");

        await names.SetNameAsync(UserId.Parse(bea).Key(), "Bea", CancellationToken.None);
        await Expect(mine.Page.Locator(".head h2")).ToHaveTextAsync("Bea");
        await Expect(mine.Page.Locator(".message .sender")).ToHaveTextAsync("Bea");
        await Expect(mine.Page.Locator(".note").First).Not.ToContainTextAsync("Bäcker");
        await names.SetNameAsync(UserId.Parse(bea).Key(), null, CancellationToken.None);
        await Expect(mine.Page.Locator(".message .sender")).ToHaveTextAsync(bea);
        await mine.HadNoTroubleAsync();
    }

    // CH-90, CH-93
    [ChromiumFact]
    public async Task A_user_who_is_added_is_told_of_it_and_of_the_first_message_and_of_being_removed()
    {
        var (ann, bea) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bea"));
        await using var hers = await site.VisitorAsync(bea);
        await WebVisitor.HasListAsync(hers.Page);
        await using var owner = await (await site.ServerAsync()).ConnectHubAsync(ann);
        var group = (await owner.CreateConversationAsync(
            new CreateConversation
            {
                Title = $"of {ann}", ParticipantIds = [UserId.Parse(ann), UserId.Parse(bea)],
            })).Id;
        await owner.SendAsync(group, "Hello Bea");

        await Expect(hers.Page.Locator("#announcer")).ToContainTextAsync("Hello Bea");
        var entry = hers.Page.Locator(".entry", new PageLocatorOptions { HasText = $"of {ann}" });
        await Expect(entry.Locator(".badge")).ToContainTextAsync("unread");
        await owner.SendAsync(group, "And more");
        await Expect(hers.Page.Locator("#announcer")).ToContainTextAsync("And more");

        await entry.ClickAsync();
        await hers.SeesAsync("And more");
        await owner.RemoveParticipantAsync(group, UserId.Parse(bea));
        await Expect(hers.Composer).ToHaveCountAsync(0);
        await owner.AddParticipantsAsync(group, [UserId.Parse(bea)]);
        await Expect(hers.Composer).ToBeVisibleAsync();
        await owner.SendAsync(group, "Back again");
        await hers.SeesAsync("Back again");
        await hers.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_first_visit_asks_for_a_name_and_remembers_it()
    {
        await using var visitor = await site.VisitorAsync("");
        await WebSite.PictureAsync(visitor.Page, "welcome");
        var name = TransportSpec.Unique("new");
        await visitor.Page.Locator("#name").FillAsync(name);
        await visitor.Page.Locator("#name").PressAsync("Enter");
        await visitor.SeesConnectionAsync("live");
        await Expect(visitor.Page.Locator(".head h2")).ToHaveTextAsync("Lobby");
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.Locator(".my-name")).ToHaveTextAsync(name);

        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Settings and help" })
            .ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Use another name" })
            .ClickAsync();
        await Expect(visitor.Page.Locator("#name")).ToBeVisibleAsync();
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_group_has_a_title_and_people_and_takes_more()
    {
        var (ann, bob, eve) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bob"), TransportSpec.Unique("eve"));
        await using var visitor = await site.VisitorAsync(ann);
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "New conversation" })
            .ClickAsync();
        await visitor.Page.Locator("#whom").FillAsync($"{bob}, {eve}");
        await visitor.Page.Locator("#group-title").FillAsync("Release team");
        await visitor.Page.Locator("#group-title").PressAsync("Enter");
        await Expect(visitor.Page.Locator(".head h2")).ToHaveTextAsync("Release team");
        await Expect(visitor.Page.Locator(".head .about")).ToContainTextAsync("3 people");

        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "People", Exact = true })
            .ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add people" }).ClickAsync();
        var max = TransportSpec.Unique("max");
        await visitor.Page.Locator("#whom").FillAsync(max);
        await visitor.Page.Locator("#whom").PressAsync("Enter");
        await Expect(visitor.Page.Locator(".people li", new PageLocatorOptions { HasText = max })).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator(".note", new PageLocatorOptions { HasText = $"added {max}" }))
            .ToBeVisibleAsync();
        await WebSite.PictureAsync(visitor.Page, "people");
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Two_tabs_show_the_same_and_keep_drafts()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = (await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "Tabs" })).Id;
        await using var visitor = await site.VisitorAsync(user);
        await visitor.OpenAsync(conversation);
        var second = await visitor.OpenTabAsync($"#/c/{conversation}");

        await visitor.SendAsync("from the first");
        await Expect(second.Locator("#messages").GetByText("from the first")).ToBeVisibleAsync();
        await second.Locator("#composer").FillAsync("from the second");
        await second.Locator("#composer").PressAsync("Enter");
        await visitor.SeesAsync("from the second");
        await friend.SendAsync(conversation, "to both");
        await Expect(second.Locator("#messages").GetByText("to both")).ToBeVisibleAsync();
        await visitor.SeesAsync("to both");

        await visitor.Composer.FillAsync("half a thought");
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Composer).ToHaveValueAsync("half a thought");
        await Expect(visitor.Message("from the first")).ToHaveCountAsync(1);
        await visitor.HadNoTroubleAsync();
    }

    /// <summary>By keys alone: a direct conversation.</summary>
    private static async Task StartAsync(WebVisitor visitor, string whom)
    {
        await visitor.Page.Keyboard.PressAsync("Alt+n");
        await visitor.Page.Locator("#whom").FillAsync(whom);
        await visitor.Page.Locator("#whom").PressAsync("Enter");
        await Expect(visitor.Page.Locator(".head h2")).ToHaveTextAsync(whom);
    }
}
