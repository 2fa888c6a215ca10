using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>The web app of a deployment without a lobby.</summary>
[Collection(WebTests.Name)]
public sealed class NoLobbyTests(WebSite site)
{
    // CH-7
    [ChromiumFact]
    public async Task It_begins_with_the_list_and_then_with_the_newest_conversation()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings, ("Chat:Core:Lobby", "false"));
        await using var ann = await site.VisitorAsync("ann", server.Url);
        await Expect(ann.Page.Locator(".empty h2")).ToHaveTextAsync("Choose a conversation");
        await Expect(ann.Page.Locator(".side .entry")).ToHaveCountAsync(0);

        await using var ben = await server.ConnectHubAsync("ben");
        var made = await ben.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("ann")], Title = "Order 17" });
        await Expect(ann.Page.Locator(".side .entry")).ToHaveCountAsync(1);
        await ann.Page.ReloadAsync();
        await Expect(ann.Composer).ToBeVisibleAsync();
        ann.Page.Url.Should().EndWith($"#/c/{made.Id}");
        await ann.HadNoTroubleAsync();
    }
}
