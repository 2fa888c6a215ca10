using System.Runtime.CompilerServices;
using Chat.Contracts.Identifiers;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Web;

/// <summary>A long conversation is walked through, and others are opened: nothing jumps, and memory stays what it
/// was.</summary>
[Collection(WebTests.Name)]
public sealed class ScrollFigureTests(WebSite site, ITestOutputHelper output)
{
    private const int Messages = 10_000, Others = 12, OfOther = 300, Step = 1_500, MostRows = 220;

    [WebFigureFact]
    public async Task Ten_thousand_messages_are_scrolled_without_a_jump_and_with_bounded_memory()
    {
        var (server, user) = (await site.ServerAsync(), TransportSpec.Unique("ann"));
        var conversation = await LongHistory.CreateAsync(server, user, "Long", Messages);
        var others = new List<ConversationId>();
        for (var i = 0; i < Others; i++) others.Add(await LongHistory.CreateAsync(server, user, $"Other {i}", OfOther));
        await using var visitor = await site.VisitorAsync(user);
        var page = visitor.Page;
        await visitor.OpenAsync(conversation);
        await visitor.SeesAsync($"message {Messages}");
        await page.Locator("#messages").EvaluateAsync("scroller => { scroller.scrollTop = scroller.scrollHeight; }");

        var (worst, rows) = (0.0, 0);
        for (var first = long.MaxValue; first > 1;) first = (await GoAsync(-Step)).First;
        for (var last = 0L; last < Messages + 1;) last = (await GoAsync(Step)).Last;
        var afterScrolling = await HeapAsync(page);
        Say($"{Messages} messages up and down: longest jump {worst:0.00} px, at most {rows} rows, "
            + $"{afterScrolling:0.0} MB");
        Assert.True(worst <= 1);
        Assert.InRange(rows, 20, MostRows);

        var rounds = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            for (var which = 0; which < others.Count; which++)
            {
                await visitor.OpenAsync(others[which]);
                await Expect(page.Locator(".head h2")).ToHaveTextAsync($"Other {which}");
                await visitor.SeesAsync($"message {OfOther - 1}");
                for (var step = 0; step < 4; step++) await GoAsync(-Step);
            }
            rounds.Add(await HeapAsync(page));
        }
        Say($"{Others} others opened, three times: {string.Join(", ", rounds.Select(one => $"{one:0.0} MB"))}");
        Assert.True(rounds[^1] <= 1.1 * rounds[0], "memory grows with what is opened again");
        Assert.True(rounds[^1] <= 1.1 * afterScrolling, "memory grows with what is opened");
        await visitor.HadNoTroubleAsync();

        async Task<(double Moved, int Rows, long First, long Last)> GoAsync(int by)
        {
            var at = await LongHistory.ScrollAsync(page, by);
            (worst, rows) = (Math.Max(worst, at.Moved), Math.Max(rows, at.Rows));
            return at;
        }
    }

    /// <summary>What the page's objects take, in megabytes, without what nobody holds any more.</summary>
    private static async Task<double> HeapAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        await session.SendAsync("HeapProfiler.collectGarbage");
        var answer = await session.SendAsync("Performance.getMetrics");
        await session.DetachAsync();
        return answer!.Value.GetProperty("metrics").EnumerateArray()
            .First(metric => metric.GetProperty("name").GetString() == "JSHeapUsedSize")
            .GetProperty("value").GetDouble() / 1_000_000;
    }

    private void Say(DefaultInterpolatedStringHandler line) => output.WriteLine(line.ToStringAndClear());
}
