using Chat.Contracts.Entries;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>The list of people shows roles, and an owner acts there.</summary>
[Collection(WebTests.Name)]
public sealed class RolesTests(WebSite site)
{
    // CH-190, CH-195
    [ChromiumFact]
    public async Task An_owner_gives_roles_mutes_removes_and_changes_the_title_in_the_list_of_people()
    {
        await using var group = await GroupOfThree.CreateAsync(site);
        var (hub, bea, cid) = (group.Hub, group.Bea, group.Cid);
        await using var owner = await group.VisitAsync(group.Ann);
        await using var other = await group.VisitAsync(bea);
        var row = owner.Page.Locator(".people li", new() { HasText = bea });
        await Expect(owner.Page.Locator(".people .role")).ToHaveTextAsync(["Owner"]);
        await Expect(other.Page.Locator(".people select")).ToHaveCountAsync(0);
        await Expect(other.Page.Locator(".people form")).ToHaveCountAsync(0);

        await row.Locator("select").SelectOptionAsync("moderator");
        await Expect(row.Locator(".role")).ToHaveTextAsync("Moderator");
        await Expect(other.Page.Locator(".people select")).ToHaveCountAsync(1); // now she acts on Cid
        await other.Page.Locator(".people li", new() { HasText = cid }).Locator("select")
            .SelectOptionAsync("readonly");
        await other.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Mute" }).ClickAsync();
        await Expect(owner.Page.Locator(".people li", new() { HasText = cid }).Locator(".role"))
            .ToHaveTextAsync("Read-only");
        await owner.Page.Locator(".people form input").FillAsync("Our team");
        await owner.Page.Locator(".people form button").ClickAsync();
        await Expect(other.Page.Locator(".head h2")).ToHaveTextAsync("Our team");
        await owner.Page.Locator(".people li", new() { HasText = cid }).Locator("select").SelectOptionAsync("remove");
        await Expect(owner.Page.Locator(".people li")).ToHaveCountAsync(2);
        Assert.Equal(ParticipantRole.Moderator,
            (await hub.ParticipantsAsync(group.Id)).Participants.Single(one => one.UserId.Value == bea).Role);
        await owner.HadNoTroubleAsync();
        await other.HadNoTroubleAsync();
    }
}
