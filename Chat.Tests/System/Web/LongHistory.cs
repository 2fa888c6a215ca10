using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;

namespace Chat.Tests.Web;

/// <summary>Long conversations of one user, and a way through them that says what moved on its own.</summary>
internal static class LongHistory
{
    private const int AtOnce = 200;

    // Scrolls, lets the page load, draw and settle, and says by how much a row that was in view moved on its own.
    private const string Scroll =
        """
        async (scroller, by) => {
          const frame = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          const rows = () => [...scroller.querySelectorAll('li[data-seq]')];
          const topOf = row => row.lastElementChild.getBoundingClientRect().top;
          scroller.scrollTop += by;
          const top = scroller.getBoundingClientRect().top;
          const row = rows().find(one => topOf(one) >= top) ?? rows().at(-1), before = topOf(row);
          await frame();
          while (scroller.querySelector('.older').textContent.startsWith('Loading')) await frame();
          await frame();
          const same = scroller.querySelector(`li[data-seq="${row.dataset.seq}"]`), all = rows();
          return [same === null ? 10_000 : Math.abs(topOf(same) - before), all.length, Number(all[0].dataset.seq),
            Number(all.at(-1).dataset.seq)];
        }
        """;

    /// <summary>A conversation with this many messages, some of them long, some with reactions.</summary>
    public static async Task<ConversationId> CreateAsync(
        TestServer server, string user, string title, int messages)
    {
        await using var friend = await server.ConnectHubAsync(TransportSpec.Unique("friend"));
        var conversation = (await friend.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(user)], Title = title })).Id;
        for (var first = 1; first <= messages; first += AtOnce)
            await Task.WhenAll(Enumerable.Range(first, Math.Min(AtOnce, messages - first + 1)).Select(i =>
                friend.SendAsync(conversation,
                    i % 9 == 0 ? $"message {i} {string.Concat(Enumerable.Repeat("and more to say ", i % 40))}"
                        : $"message {i}")));
        for (var sequence = 2; sequence <= messages; sequence += 50)
            await friend.SetReactionsAsync(conversation, sequence, ["👍"]);
        return conversation;
    }

    /// <summary>Scrolls by so many pixels.</summary>
    /// <returns>By how much what was in view moved on its own, the rows there are, the first and the last.</returns>
    public static async Task<(double Moved, int Rows, long First, long Last)> ScrollAsync(IPage page, int by)
    {
        var said = await page.Locator("#messages").EvaluateAsync<double[]>(Scroll, by);
        return (said[0], (int)said[1], (long)said[2], (long)said[3]);
    }
}
