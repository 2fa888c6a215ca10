using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Playwright;

namespace Chat.Tests.Web;

/// <summary>What a first visit costs.</summary>
[Collection(WebTests.Name)]
public sealed partial class FirstLoadTests(WebSite site)
{
    private const int MostBytes = 130_000;

    [ChromiumFact]
    public async Task A_first_load_is_small_and_comes_from_here_only()
    {
        var server = await site.ServerAsync();
        await using var visitor = await site.VisitorAsync("");
        var loaded = new ConcurrentDictionary<string, (int Size, string Text)>();
        var pending = new ConcurrentBag<Task>();
        await using var context = await (await site.BrowserAsync()).NewContextAsync();
        context.RequestFinished += (_, request) => pending.Add(CountAsync(request));
        await context.AddInitScriptAsync($"localStorage.setItem('chat.name', '{TransportSpec.Unique("ann")}')");
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url.ToString());
        await page.Locator("[data-connection=live]")
            .WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = Chromium.Wait });
        await Task.WhenAll(pending);

        Assert.All(loaded.Keys, url => Assert.Equal(server.Url.Authority, new Uri(url).Authority));
        var scripts = ScriptsOf(server.Url.ToString(), loaded);
        Assert.True(scripts.Count > 5 && scripts.IsSubsetOf(loaded.Keys), string.Join("\n", scripts));
        // What is loaded on demand may come before all is there.
        var first = loaded.Where(one => !one.Key.EndsWith(".js", StringComparison.Ordinal) || scripts.Contains(one.Key))
            .OrderByDescending(one => one.Value.Size).ToList();
        var sum = first.Sum(one => one.Value.Size);
        Assert.True(sum < MostBytes,
            $"{sum} bytes:\n{string.Join("\n", first.Select(one => $"{one.Value.Size,8} {one.Key}"))}");
        await visitor.HadNoTroubleAsync();

        async Task CountAsync(IRequest request)
        {
            var size = await request.SizesAsync();
            var text = request.ResourceType is "document" or "script"
                ? await (await request.ResponseAsync())!.TextAsync() : "";
            loaded[request.Url] = (size.ResponseBodySize + size.ResponseHeadersSize, text);
        }
    }

    /// <summary>The scripts that the page names, and those that they import before they run.</summary>
    private static HashSet<string> ScriptsOf(
        string page, IReadOnlyDictionary<string, (int Size, string Text)> loaded)
    {
        var found = new HashSet<string>();
        var left = new Queue<string>([page]);
        while (left.TryDequeue(out var url))
            foreach (Match match in (url == page ? Script() : Import())
                .Matches(loaded.GetValueOrDefault(url).Text ?? ""))
                if (new Uri(new Uri(url), match.Groups[1].Value).ToString() is var script && found.Add(script))
                    left.Enqueue(script);
        return found;
    }

    [GeneratedRegex("""<script[^>]*\ssrc="([^"]+)""")]
    private static partial Regex Script();

    [GeneratedRegex(
        """(?:^|;)\s*(?:import|export)\b(?:[^'"();]*?\bfrom)?\s*['"]([^'"]+)['"]""", RegexOptions.Multiline)]
    private static partial Regex Import();
}
