using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>What somebody reads stays where it is, whatever changes around it.</summary>
[Collection(WebTests.Name)]
public sealed class StayTests(WebSite site)
{
    private const string TopOf =
        """
        async ([text, act]) => {
          const frame = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          const top = () => [...document.querySelectorAll('#messages .text')]
            .find(one => one.textContent.startsWith(text)).getBoundingClientRect().top;
          const before = top();
          if (act !== '') document.querySelector(act).click();
          await frame();
          await frame();
          return [before, top()];
        }
        """;

    [ChromiumFact]
    public async Task A_long_message_opens_and_closes_where_it_is_also_at_the_end()
    {
        var (visitor, friend, conversation) = await LongAsync();
        await using var _ = visitor;
        await using var __ = friend;
        await StaysAsync(visitor.Page, "line 1\n", ".fold");
        await Expect(visitor.Page.Locator(".fold")).ToHaveTextAsync("Show less");
        await friend.SendAsync(conversation, "the next one");
        await Expect(visitor.Page.Locator(".jump")).ToHaveTextAsync("1 new");
        await StaysAsync(visitor.Page, "line 1\n", "");
        await visitor.Page.Locator(".fold").ScrollIntoViewIfNeededAsync();
        await UntilDrawnAsync(visitor.Page);
        var before = await visitor.Page.Locator(".fold").BoundingBoxAsync();
        await visitor.Page.Locator(".fold").ClickAsync();
        await Expect(visitor.Page.Locator(".fold")).ToHaveTextAsync("Show all");
        await UntilDrawnAsync(visitor.Page);
        var after = await visitor.Page.Locator(".fold").BoundingBoxAsync();
        Assert.InRange(Math.Abs(after!.Y - before!.Y), 0, 2);
        await visitor.HadNoTroubleAsync();
    }

    /// <summary>What a script changed is in its place when the next frame is drawn.</summary>
    private static Task UntilDrawnAsync(IPage page) => page.EvaluateAsync(
        "() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))");

    [ChromiumFact]
    public async Task Another_width_a_banner_and_the_list_of_people_move_nothing_that_is_read()
    {
        var (visitor, friend, _) = await LongAsync();
        await using var __ = visitor;
        await using var ___ = friend;
        var page = visitor.Page;
        await page.Locator("#messages").EvaluateAsync(
            """
            scroller => {
              scroller.scrollTop = 300;
              return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            }
            """);
        var held = await page.EvaluateAsync<string>(
            """
            () => {
              const top = document.getElementById('messages').getBoundingClientRect().top;
              return [...document.querySelectorAll('#messages .text')]
                .find(one => one.getBoundingClientRect().top >= top + 1).textContent;
            }
            """);
        await StaysAsync(page, held, "[aria-label=People]");
        await page.EvaluateAsync("dispatchEvent(new Event('offline'))");
        await StaysAsync(page, held, "");
        var top = (await page.EvaluateAsync<double[]>(TopOf, new[] { held, "" }))[0];
        await page.SetViewportSizeAsync(900, 800);
        Assert.InRange(Math.Abs((await page.EvaluateAsync<double[]>(TopOf, new[] { held, "" }))[1] - top), 0, 2);
    }

    [ChromiumFact]
    public async Task Another_time_zone_is_shown_without_a_reload()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = await WritingTests.GroupAsync(friend, user, "Travel");
        await friend.SendAsync(conversation, "where are you?");
        await using var visitor = await site.VisitorAsync(user);
        await visitor.OpenAsync(conversation);
        var time = visitor.Page.Locator("#messages .by time").First;
        var before = await time.InnerTextAsync();
        var session = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await session.SendAsync("Emulation.setTimezoneOverride", new() { ["timezoneId"] = "Asia/Kathmandu" });
        await visitor.Page.EvaluateAsync("dispatchEvent(new Event('focus'))");
        await Expect(time).Not.ToHaveTextAsync(before);
        await visitor.HadNoTroubleAsync();
    }

    private static async Task StaysAsync(IPage page, string text, string act)
    {
        var moved = await page.EvaluateAsync<double[]>(TopOf, new[] { text, act });
        Assert.True(Math.Abs(moved[1] - moved[0]) < 2, $"from {moved[0]} to {moved[1]}");
    }

    private async Task<(WebVisitor, ClientSdk.ChatHubConnection, ConversationId)> LongAsync()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = await WritingTests.GroupAsync(friend, user, "Long");
        for (var i = 0; i < 20; i++)
            await friend.SendAsync(conversation,
                $"before {i} {string.Concat(Enumerable.Repeat("and more words ", i % 3 * 20))}".Trim());
        await friend.SendAsync(conversation, string.Join('\n', Enumerable.Range(1, 120).Select(i => $"line {i}")));
        await using (var reader = await server.ConnectHubAsync(user)) await reader.MarkReadAsync(conversation, 22);
        var visitor = await site.VisitorAsync(user);
        await visitor.OpenAsync(conversation);
        await Expect(visitor.Page.Locator(".fold").Last).ToBeInViewportAsync();
        return (visitor, friend, conversation);
    }
}
