using System.Globalization;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Connections that break and servers that restart: the page says so, and nothing is lost, repeated or out of
/// order.</summary>
[Collection(WebTests.Name)]
public sealed class LossTests(WebSite site)
{
    [ChromiumFact]
    public async Task A_message_written_offline_is_sent_once_when_the_connection_is_back()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = (await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "Train" })).Id;
        await using var proxy = new FaultProxy(server.Url);
        await using var visitor = await site.VisitorAsync(user, proxy.Address);
        visitor.ConnectionMayBreak = true;
        await visitor.OpenAsync(conversation);
        await visitor.SendAsync("before the tunnel");
        await visitor.SeesAsync("before the tunnel");

        proxy.Refuse();
        proxy.Cut();
        await Expect(visitor.Page.Locator(".banner.bad")).ToContainTextAsync("sent when the connection is back");
        await visitor.SendAsync("first in the tunnel");
        await visitor.SendAsync("second in the tunnel");
        await Expect(visitor.Page.Locator(".pending")).ToHaveCountAsync(2);
        await Expect(visitor.Page.Locator(".banner.bad")).ToContainTextAsync("2 messages will be sent");
        await WebSite.PictureAsync(visitor.Page, "offline");
        await friend.SendAsync(conversation, "are you there?");

        proxy.Accept();
        // The page tries by itself as well: where it was faster, the button is gone.
        await visitor.Page.EvaluateAsync("() => document.querySelector('.banner.bad button')?.click()");
        await visitor.SeesAsync("are you there?");
        await Expect(visitor.Page.Locator(".pending")).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator(".banner")).ToBeEmptyAsync();
        var page = await friend.HistoryAsync(conversation);
        var bodies = page.Entries.OfType<Chat.Contracts.Entries.MessageEntry>().Select(entry => entry.Body).ToList();
        Assert.Equal(["before the tunnel", "are you there?", "first in the tunnel", "second in the tunnel"], bodies);
        foreach (var body in bodies) await Expect(visitor.Message(body!)).ToHaveCountAsync(1);
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task A_message_written_offline_survives_closing_the_tab()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = (await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "Closed" })).Id;
        await using var proxy = new FaultProxy(server.Url);
        await using var visitor = await site.VisitorAsync(user, proxy.Address);
        visitor.ConnectionMayBreak = true;
        await visitor.OpenAsync(conversation);
        await Expect(visitor.Page.Locator(".head h2")).ToHaveTextAsync("Closed");
        proxy.Refuse();
        proxy.Cut();
        await visitor.SendAsync("kept for later");
        await Expect(visitor.Page.Locator(".pending")).ToHaveCountAsync(1);
        // Shown at once; stored in the browser a moment later, which is what is waited for.
        await visitor.KeepsAsync(1);
        await visitor.Page.CloseAsync();

        proxy.Accept();
        var again = await visitor.OpenTabAsync($"#/c/{conversation}");
        await Expect(again.Locator("#messages").GetByText("kept for later")).ToHaveCountAsync(1);
        await Expect(again.Locator(".pending")).ToHaveCountAsync(0);
        Assert.Single((await friend.HistoryAsync(conversation)).Entries.OfType<Chat.Contracts.Entries.MessageEntry>());
    }

    [ChromiumFact]
    public async Task Two_browsers_talk_while_the_server_restarts_and_end_with_the_same_complete_history()
    {
        // 5 in the suite; CHAT_WEB_RESTARTS=20 for the figure of docs/web-app.md.
        var restarts = int.Parse(Environment.GetEnvironmentVariable("CHAT_WEB_RESTARTS") ?? "5",
            CultureInfo.InvariantCulture);
        await using var database = await TestDatabase.CreateAsync(Chat.Server.Persistence.DatabaseKind.Sqlite);
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        (string, string)[] settings = [("ConnectionStrings__Chat", database.Settings.ConnectionString)];
        var server = await ServerProcess.ServeAtAsync(address, null, settings);
        try
        {
            await using var ann = await site.VisitorAsync("ann", new Uri(address));
            await using var bob = await site.VisitorAsync("bob", new Uri(address));
            ann.ConnectionMayBreak = bob.ConnectionMayBreak = true;
            var said = 0;
            for (var restart = 0; restart < restarts; restart++)
            {
                await ann.SendAsync($"a{said}");
                await bob.SendAsync($"b{said++}");
                // Some restarts ask politely, some do not.
                await server.SignalAsync(restart % 2 == 0 ? "TERM" : "KILL");
                await ann.SendAsync($"a{said}");
                await bob.SendAsync($"b{said++}");
                await server.DisposeAsync();
                await ann.SendAsync($"a{said}");
                await bob.SendAsync($"b{said++}");
                server = await ServerProcess.ServeAtAsync(address, null, settings);
            }
            await ann.SendAsync("ann is done");
            await bob.SendAsync("bob is done");
            foreach (var visitor in (WebVisitor[])[ann, bob])
            {
                await visitor.SeesConnectionAsync("live");
                await visitor.SeesAsync("ann is done");
                await visitor.SeesAsync("bob is done");
                await Expect(visitor.Page.Locator(".pending")).ToHaveCountAsync(0);
            }

            var shown = await ann.ShownAsync();
            Assert.Equal(shown, await bob.ShownAsync());
            Assert.Equal(Enumerable.Range(1, 2 * said + 2),
                shown.Select(row => int.Parse(row.Split(' ', 2)[0], CultureInfo.InvariantCulture)));
            var texts = shown.Select(row => row.Split(' ', 2)[1]).ToList();
            Assert.Equal([.. Enumerable.Range(0, said).Select(i => $"a{i}"), "ann is done"],
                texts.Where(text => text.StartsWith('a')));
            Assert.Equal([.. Enumerable.Range(0, said).Select(i => $"b{i}"), "bob is done"],
                texts.Where(text => text.StartsWith('b')));
            await ann.HadNoTroubleAsync();
            await bob.HadNoTroubleAsync();
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
