using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;

namespace Chat.Tests.Web;

/// <summary>What a first visit costs.</summary>
[Collection(WebTests.Name)]
public sealed class FirstLoadTests(WebSite site)
{
    private const int MostBytes = 130_000;

    [ChromiumFact]
    public async Task A_first_load_is_small_and_comes_from_here_only()
    {
        var server = await site.ServerAsync();
        await using var visitor = await site.VisitorAsync("");
        var sizes = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var pending = new System.Collections.Concurrent.ConcurrentBag<Task>();
        await using var context = await (await site.BrowserAsync()).NewContextAsync();
        context.RequestFinished += (_, request) => pending.Add(CountAsync(request));
        await context.AddInitScriptAsync($"localStorage.setItem('chat.name', '{TransportSpec.Unique("ann")}')");
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url.ToString());
        await page.Locator("[data-connection=live]")
            .WaitForAsync(
                new() { State = Microsoft.Playwright.WaitForSelectorState.Attached, Timeout = Chromium.Wait });
        await Task.WhenAll(pending);

        Assert.True(sizes.Count > 5, string.Join("\n", sizes.Keys));
        Assert.All(sizes.Keys, url => Assert.Equal(server.Url.Authority, new Uri(url).Authority));
        var sum = sizes.Values.Sum();
        Assert.True(sum < MostBytes,
            $"{sum} bytes:\n{string.Join("\n",
                sizes.OrderByDescending(one => one.Value).Select(one => $"{one.Value,8} {one.Key}"))}");
        await visitor.HadNoTroubleAsync();

        async Task CountAsync(Microsoft.Playwright.IRequest request)
        {
            var size = await request.SizesAsync();
            sizes[request.Url] = size.ResponseBodySize + size.ResponseHeadersSize;
        }
    }
}
