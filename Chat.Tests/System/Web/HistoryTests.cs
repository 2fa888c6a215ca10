using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>Long conversations: what is in view stays where it is, and the page holds a window of rows.</summary>
[Collection(WebTests.Name)]
public sealed class HistoryTests(WebSite site)
{
    private const int Messages = 360, MostRows = 220;

    // Scrolls up a little, lets the page load, draw and settle, and says by how much a row that was in view moved on
    // its own.
    private const string ScrollUp =
        """
        async scroller => {
          const frame = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          scroller.scrollTop = Math.max(0, scroller.scrollTop - 500);
          const top = scroller.getBoundingClientRect().top;
          const row = [...scroller.querySelectorAll('li[data-seq]')]
            .find(one => one.lastElementChild.getBoundingClientRect().top >= top);
          const before = row.lastElementChild.getBoundingClientRect().top;
          await frame();
          while (scroller.querySelector('.older').textContent.startsWith('Loading')) await frame();
          await frame();
          const after = scroller.querySelector(`li[data-seq="${row.dataset.seq}"]`).lastElementChild
            .getBoundingClientRect().top;
          return [Math.abs(after - before), scroller.querySelectorAll('li[data-seq]').length,
            Number(scroller.querySelector('li[data-seq]').dataset.seq), scroller.scrollTop];
        }
        """;

    [ChromiumFact]
    public async Task History_loads_while_scrolling_and_nothing_jumps()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = (await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "Long" })).Id;
        for (var i = 1; i < Messages; i++)
            await friend.SendAsync(conversation,
                i % 9 == 0 ? $"message {i} {string.Join(' ', Enumerable.Repeat("with more to say", i % 40))}"
                    : $"message {i}");
        await friend.SendAsync(conversation, "the last");
        await using var reader = await server.ConnectHubAsync(user);
        await reader.MarkReadAsync(conversation, Messages - 9);

        await using var visitor = await site.VisitorAsync(user);
        await visitor.OpenAsync(conversation);
        await Expect(visitor.Page.Locator(".new-line")).ToBeInViewportAsync();
        await visitor.Page.Locator("#messages")
            .EvaluateAsync("scroller => { scroller.scrollTop = scroller.scrollHeight; }");
        await visitor.SeesAsync("the last");
        for (var oldest = double.MaxValue; oldest > 1;)
        {
            var (moved, rows, first, top) = await visitor.Page.Locator("#messages")
                .EvaluateAsync<double[]>(ScrollUp) is [var a, var b, var c, var d] ? (a, b, c, d) : default;
            Assert.True(moved < 2, $"what was in view moved by {moved} px at {first}");
            Assert.True(rows <= MostRows, $"{rows} rows");
            Assert.True(first <= oldest && (first < oldest || top > 0 || oldest == double.MaxValue),
                "it went up and found nothing older");
            oldest = first;
        }
        Assert.Equal(Enumerable.Range(1, Messages + 1),
            (await visitor.ShownAsync()).Select(
                row => int.Parse(row.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));

        // Somebody writes meanwhile: nothing moves, and a button leads there.
        await friend.SendAsync(conversation, "while you read");
        await visitor.Page.Locator(".jump", new Microsoft.Playwright.PageLocatorOptions { HasText = "1 new" })
            .ClickAsync();
        await visitor.SeesAsync("while you read");
        await Expect(visitor.Page.Locator(".jump")).ToHaveCountAsync(0);
        await visitor.HadNoTroubleAsync();
    }

    [ChromiumFact]
    public async Task Many_messages_at_once_leave_a_bounded_page_at_its_end()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = (await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = "Busy" })).Id;
        await using var visitor = await site.VisitorAsync(user);
        await visitor.OpenAsync(conversation);
        await Expect(visitor.Page.Locator(".head h2")).ToHaveTextAsync("Busy");
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => friend.SendAsync(conversation, $"one of many {i}")));
        await friend.SendAsync(conversation, "the end");
        await visitor.SeesAsync("the end");
        await Expect(visitor.Message("the end")).ToBeInViewportAsync();
        Assert.InRange(await visitor.Page.Locator("#messages li[data-seq]").CountAsync(), 20, MostRows);
        await visitor.HadNoTroubleAsync();
    }
}
