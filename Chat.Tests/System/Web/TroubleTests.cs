using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>What browsers and networks do to a page: it goes on, and says what is so.</summary>
[Collection(WebTests.Name)]
public sealed class TroubleTests(WebSite site)
{
    [ChromiumTheory]
    [InlineData(403, "text/plain")]
    [InlineData(400, "text/plain")]
    [InlineData(200, "text/html")]
    public async Task A_portal_that_answers_for_the_server_is_waited_out(int status, string type)
    {
        await using var visitor = await site.VisitorAsync(TransportSpec.Unique("ann"));
        visitor.ConnectionMayBreak = true;
        var isThere = true;
        await visitor.Context.RouteAsync("**/hubs/chat/negotiate**", route => isThere
            ? route.FulfillAsync(new() { Status = status, ContentType = type, Body = "<p>log in</p>" })
            : route.ContinueAsync());
        await visitor.Page.EvaluateAsync("dispatchEvent(new Event('offline'))");
        await Expect(visitor.Page.Locator(".banner.bad")).ToContainTextAsync("Next attempt in");
        await visitor.Page.EvaluateAsync("dispatchEvent(new Event('online'))");
        isThere = false;
        // It may be back by itself before anybody presses.
        await visitor.Page.EvaluateAsync("document.querySelector('.banner button')?.click()");
        await visitor.SeesConnectionAsync("live");
        await Expect(visitor.Page.Locator("#announcer")).ToContainTextAsync("Connected again");
    }

    [ChromiumTheory]
    [InlineData("IDBFactory.prototype.open = () => ({});")]
    [InlineData(
        "IDBFactory.prototype.open = () => { const r = {}; "
            + "setTimeout(() => { r.error = new Error(); r.onerror?.(); }); return r; };")]
    [InlineData("LockManager.prototype.request = () => Promise.reject(new DOMException('no', 'SecurityError'));")]
    public async Task Storage_that_hangs_or_fails_holds_no_message_back(string broken)
    {
        await using var visitor = await site.VisitorAsync(TransportSpec.Unique("ann"));
        await visitor.Context.AddInitScriptAsync(broken);
        await visitor.Page.ReloadAsync();
        await visitor.SeesConnectionAsync("live");
        var text = TransportSpec.Unique("sent all the same");
        await visitor.SendAsync(text);
        await visitor.SeesAsync(text);
    }

    [ChromiumFact]
    public async Task A_user_whose_browser_cannot_store_what_waits_is_told_to_keep_the_page_open()
    {
        var server = await site.ServerAsync();
        await using var proxy = new FaultProxy(server.Url);
        await using var visitor = await site.VisitorAsync(TransportSpec.Unique("ann"), proxy.Address);
        visitor.ConnectionMayBreak = true;
        await visitor.Context.AddInitScriptAsync(
            "IDBFactory.prototype.open = () => ({}); Storage.prototype.setItem = () => { throw new Error('full'); };");
        await visitor.Page.ReloadAsync();
        await WebVisitor.HasListAsync(visitor.Page); // else there is nothing to write in
        proxy.Refuse();
        proxy.Cut();
        await visitor.SendAsync("only here");
        await Expect(visitor.Page.Locator(".banner.bad")).ToContainTextAsync("Keep this page open");
    }

    [ChromiumFact]
    public async Task Only_what_is_open_is_joined_and_the_rest_comes_from_the_list()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(
            database.Settings, ("Chat:FanOut:JoinsPerConnection", "3"));
        var user = TransportSpec.Unique("ann");
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var all = new List<ConversationId>();
        for (var i = 0; i < 8; i++) all.Add(await WritingTests.GroupAsync(friend, user, $"Group {i}"));
        await using var visitor = await site.VisitorAsync(user, server.Url);
        await Expect(visitor.Page.Locator(".entry")).ToHaveCountAsync(all.Count + 1);
        foreach (var (i, conversation) in all.Index())
        {
            await visitor.OpenAsync(conversation);
            await Expect(visitor.Page.Locator(".head h2")).ToHaveTextAsync($"Group {i}");
            await friend.SendAsync(conversation, $"hello {i}");
            await visitor.SeesAsync($"hello {i}");
            await Expect(visitor.Composer).ToBeVisibleAsync();
        }
        await friend.SendAsync(all[0], "to the first");
        await Expect(visitor.Page.Locator(".entry", new() { HasText = "to the first" })).ToBeVisibleAsync();
        await visitor.HadNoTroubleAsync();
    }
}
