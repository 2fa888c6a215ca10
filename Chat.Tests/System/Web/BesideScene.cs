using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;

namespace Chat.Tests.Web;

/// <summary>Ann and Bea in a group of four with their browsers, Cem with a connection; Ann owns it.</summary>
internal sealed class BesideScene : IAsyncDisposable
{
    public required WebVisitor Ann { get; init; }

    public required WebVisitor Bea { get; init; }

    public required ChatHubConnection Cem { get; init; }

    public required ConversationId Conversation { get; init; }

    /// <param name="site">With the server.</param>
    /// <param name="options">Of Bea's browser.</param>
    public static async Task<BesideScene> ArriveAsync(WebSite site, BrowserNewContextOptions? options = null)
    {
        var server = await site.ServerAsync();
        var (ann, bea, cem) =
            (TransportSpec.Unique("ann"), TransportSpec.Unique("bea"), TransportSpec.Unique("cem"));
        await using var owner = await server.ConnectHubAsync(ann);
        var conversation = (await owner.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse(bea), UserId.Parse(cem), UserId.Parse(TransportSpec.Unique("dan"))],
            Title = "Design",
        })).Id;
        await owner.SendAsync(conversation, "who has time?");
        var scene = new BesideScene
        {
            Ann = await site.VisitorAsync(ann), Bea = await site.VisitorAsync(bea, options: options),
            Cem = await server.ConnectHubAsync(cem), Conversation = conversation,
        };
        foreach (var one in new[] { scene.Ann, scene.Bea })
        {
            await one.OpenAsync(conversation);
            await one.SeesAsync("who has time?");
        }
        return scene;
    }

    /// <summary>A message of the thread that is open.</summary>
    public static ILocator Reply(WebVisitor who, string text) =>
        who.Page.Locator("#thread-messages li[data-seq] .text")
            .GetByText(text, new LocatorGetByTextOptions { Exact = true });

    public static async Task ReplyAsync(WebVisitor who, string text)
    {
        await who.Page.Locator("#thread-composer").FillAsync(text);
        await who.Page.Locator("#thread-composer").PressAsync("Enter");
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
        await Cem.DisposeAsync();
    }
}
