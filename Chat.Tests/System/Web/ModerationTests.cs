using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>What moderators do in the app: bans and mutes with an end and a reason, slow mode, reports.</summary>
[Collection(WebTests.Name)]
public sealed class ModerationTests(WebSite site)
{
    // CH-196, CH-197, CH-198
    [ChromiumFact]
    public async Task An_owner_mutes_and_bans_with_an_end_and_a_reason_unbans_and_sets_slow_mode()
    {
        await using var group = await GroupOfThree.CreateAsync(site);
        var (hub, bea, cid) = (group.Hub, group.Bea, group.Cid);
        await using var owner = await group.VisitAsync(group.Ann);
        var page = owner.Page;

        await ChooseAsync(page, bea, "readonly");
        await page.Locator("dialog select").SelectOptionAsync("3600");
        await page.Locator("dialog input").FillAsync("too loud");
        await Axe.FindsNothingAsync(page, "mute");
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Mute" }).ClickAsync();
        await Expect(Person(page, bea).Locator(".role")).ToHaveTextAsync("Read-only");
        var muted = (await hub.ParticipantsAsync(group.Id)).Participants.Single(one => one.UserId.Value == bea);
        Assert.Equal((ParticipantRole.Readonly, "too loud", true),
            (muted.Role, muted.Reason, muted.Until is not null));

        await ChooseAsync(page, cid, "blocked");
        await page.Locator("dialog input").FillAsync("spam");
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Ban" }).ClickAsync();
        await Expect(page.Locator(".people li")).ToHaveCountAsync(2);

        await ButtonAsync(page, "Moderation");
        var dialog = page.Locator("dialog");
        await Expect(dialog.Locator(".cases li")).ToContainTextAsync("spam");
        await dialog.Locator("select").SelectOptionAsync("10");
        await Expect(page.Locator(".note").Last).ToContainTextAsync("slow mode to 10 s");
        await Axe.FindsNothingAsync(page, "moderation");
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Add again: {cid}" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Nobody is banned.");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".people li")).ToHaveCountAsync(3);
        Assert.Equal(10, (await hub.ParticipantsAsync(group.Id)).SlowModeSeconds);
        await owner.HadNoTroubleAsync();
    }

    // CH-214, CH-215
    [ChromiumFact]
    public async Task A_member_reports_somebody_and_the_owner_sees_it_come_and_closes_it()
    {
        await using var group = await GroupOfThree.CreateAsync(site);
        await using var owner = await group.VisitAsync(group.Ann);
        await using var member = await group.VisitAsync(group.Cid);
        await Expect(member.Page.GetByRole(AriaRole.Button, new() { Name = "Moderation" })).ToHaveCountAsync(0);
        await Expect(owner.Page.GetByRole(AriaRole.Button, new() { Name = "Moderation", Exact = true }))
            .ToBeVisibleAsync();

        await ButtonAsync(member.Page, $"Report {group.Bea}");
        await member.Page.Locator("dialog input").FillAsync("rude");
        await Axe.FindsNothingAsync(member.Page, "report");
        await member.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Report", Exact = true })
            .ClickAsync();
        await Expect(member.Page.Locator("dialog")).ToHaveCountAsync(0);

        await ButtonAsync(owner.Page, "Moderation (1)");
        var dialog = owner.Page.Locator("dialog");
        await Expect(dialog.Locator(".cases li")).ToContainTextAsync("rude");
        await Axe.FindsNothingAsync(owner.Page, "reports");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "done" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("There are no open reports.");
        Assert.Empty(await group.Hub.ReportsAsync(group.Id));
        await owner.HadNoTroubleAsync();
        await member.HadNoTroubleAsync();
    }

    // CH-214, CH-217
    [ChromiumFact]
    public async Task A_message_is_reported_from_its_menu_and_shown_with_its_text()
    {
        var (ann, bea) = (TransportSpec.Unique("ann"), TransportSpec.Unique("bea"));
        var server = await site.ServerAsync();
        await using var hub = await server.ConnectHubAsync(ann);
        await using var sending = await server.ConnectHubAsync(bea);
        var group = (await hub.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(bea), UserId.Parse("zoe")] })).Id;
        await sending.SendAsync(group, "buy now");
        await using var member = await site.VisitorAsync(ann);
        var page = member.Page;
        await member.OpenAsync(group);

        var message = page.Locator("li[data-seq='2']");
        await message.HoverAsync();
        await message.GetByRole(AriaRole.Button, new() { Name = "What to do" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Report" }).ClickAsync();
        await page.Locator("dialog input").FillAsync("spam");
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Report", Exact = true }).ClickAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        var report = Assert.Single(await hub.ReportsAsync(group));
        Assert.Equal((2L, "spam", bea), (report.Sequence!.Value, report.Reason, report.UserId.Value));
        await ButtonAsync(page, "People");
        await ButtonAsync(page, "Moderation (1)");
        await Expect(page.Locator("dialog .cases blockquote")).ToHaveTextAsync("buy now");
        await member.HadNoTroubleAsync();
    }

    private static ILocator Person(IPage page, string name) => page.Locator(".people li", new() { HasText = name });

    private static Task ChooseAsync(IPage page, string name, string act) =>
        Person(page, name).Locator("select").SelectOptionAsync(act);

    private static Task ButtonAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
