using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;

namespace Chat.Tests.Web;

/// <summary>A group that Ann owns, with Bea and Cid: users of one test alone.</summary>
internal sealed class GroupOfThree : IAsyncDisposable
{
    private readonly WebSite _site;

    private GroupOfThree(WebSite site) => _site = site;

    public string Ann { get; } = TransportSpec.Unique("ann");

    public string Bea { get; } = TransportSpec.Unique("bea");

    public string Cid { get; } = TransportSpec.Unique("cid");

    /// <summary>Ann's.</summary>
    public ChatHubConnection Hub { get; private set; } = null!;

    public ConversationId Id { get; private set; }

    public static async Task<GroupOfThree> CreateAsync(WebSite site)
    {
        var group = new GroupOfThree(site);
        group.Hub = await (await site.ServerAsync()).ConnectHubAsync(group.Ann);
        group.Id = (await group.Hub.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse(group.Bea), UserId.Parse(group.Cid)],
        })).Id;
        return group;
    }

    /// <summary>The user in the app, with the group and its list of people open.</summary>
    public async Task<WebVisitor> VisitAsync(string user)
    {
        var visitor = await _site.VisitorAsync(user);
        await visitor.OpenAsync(Id);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "People", Exact = true }).ClickAsync();
        return visitor;
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
