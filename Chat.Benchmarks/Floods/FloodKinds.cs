using System.Text;

namespace Chat.Benchmarks.Floods;

/// <summary>The kinds of flood. All requests are legal, or nearly so.</summary>
internal static class FloodKinds
{
    private const int CallsAtOnce = 64;

    private static readonly TimeSpan Held = TimeSpan.FromSeconds(40), Pace = TimeSpan.FromMilliseconds(5);

    public static IReadOnlyList<Flood> All { get; } =
    [
        new("stuck", "raw sockets that ask for a log of large messages and read nothing", 24, StuckAsync),
        new("history", "hub connections with 64 calls of History each that read nothing", 8, HistoryAsync),
        new("pages", "requests for pages of 1 MiB whose answers nobody reads", 24, PagesAsync),
        new("replies", "raw sockets that send what is refused and read nothing", 4, RepliesAsync),
        new("unfinished", "raw sockets with a message of 1 MiB that never ends", 100, UnfinishedAsync),
        new("unfinished-hub", "the same on the hub", 100, UnfinishedHubAsync),
        new("lists", "hub connections that ask for lists of conversations as fast as they come", 2, ListsAsync),
        new("reconnects", "hub connections with stateful reconnect that acknowledge nothing", 40, ReconnectsAsync),
        new("sends", "one sender of small messages", 1, SendsAsync),
        new("large", "messages of 64 KiB to many conversations, each with a reader", 1, LargeAsync),
        new("paths", "spellings of one file, and addresses that there are not", 2, PathsAsync),
        new("churn", "connections that come, join, type and go", 8, ChurnAsync),
    ];

    private static async Task StuckAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await site.RawAsync("flood", "seq", ct, isSlow: true);
        await line.SendTextAsync(FloodSite.Command("join", site.Fat, ",\"after_seq\":0"), ct);
        await Task.Delay(Held, site.Time, ct);
    }

    private static async Task HistoryAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await site.HubAsync("flood", ct, isSlow: true);
        for (var i = 0; i < CallsAtOnce; i++)
            await line.SendTextAsync(FloodSite.Call("History", $"\"{site.Fat}\",{{\"limit\":500,\"after\":0}}"), ct);
        await Task.Delay(Held, site.Time, ct);
    }

    private static async Task PagesAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await site.AskAsync($"/api/v1/chat/{site.Fat}/messages?limit=500", ct, isSlow: true);
        await Task.Delay(Held, site.Time, ct);
    }

    private static async Task RepliesAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await site.RawAsync("flood", "seq", ct, isSlow: true);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(Held);
        while (true) await line.SendTextAsync(new string('x', 100), bound.Token);
    }

    private static async Task UnfinishedAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await site.RawAsync("flood", "seq", ct);
        await line.SendTextAsync(FloodSite.Message(site.Fat, 1_000_000), ct, isWhole: false);
        await line.DrainAsync(ct);
    }

    private static async Task UnfinishedHubAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await site.HubAsync("flood", ct);
        await line.SendTextAsync(FloodSite.Message(site.Fat, 1_000_000), ct);
        await line.DrainAsync(ct);
    }

    private static async Task ListsAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await site.HubAsync("flood", ct);
        while (true)
        {
            await line.SendTextAsync(FloodSite.Call("Conversations", ""), ct);
            await line.UntilAsync("\u001e", ct);
            await Task.Delay(Pace, site.Time, ct);
        }
    }

    private static async Task ReconnectsAsync(FloodSite site, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = site.Server };
        using var answer = await http.PostAsync(
            "/hubs/chat/negotiate?user_id=flood&negotiateVersion=1&useStatefulReconnect=true", null, ct);
        var token = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!
            ["connectionToken"]!.GetValue<string>();
        using var line = await site.HubAsync($"flood&id={token}", ct);
        await line.SendTextAsync(FloodSite.Call("Join", $"\"{site.Fat}\",0"), ct);
        await line.SendTextAsync(FloodSite.Call("History", $"\"{site.Fat}\",{{\"limit\":500}}"), ct);
        await line.DrainAsync(ct);
    }

    private static async Task SendsAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await site.RawAsync("flood", "receipts", ct);
        await line.SendTextAsync(FloodSite.Command("join", FloodSite.Lobby), ct);
        var reading = line.DrainAsync(ct);
        while (!reading.IsCompleted)
        {
            for (var i = 0; i < CallsAtOnce; i++) await line.SendTextAsync(FloodSite.Message(FloodSite.Lobby, 1), ct);
            await Task.Delay(Pace, site.Time, ct);
        }
    }

    private static async Task LargeAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await site.RawAsync("flood", "receipts", ct);
        var reading = line.DrainAsync(ct);
        // Not the first, which the others read from its beginning.
        var conversations = site.Some.Skip(1).ToList();
        foreach (var one in conversations) await line.SendTextAsync(FloodSite.Command("join", one), ct);
        while (!reading.IsCompleted)
            foreach (var one in conversations)
            {
                await line.SendTextAsync(FloodSite.Message(one, 64 * 1024), ct);
                await Task.Delay(Pace * 4, site.Time, ct);
            }
    }

    private static async Task PathsAsync(FloodSite site, CancellationToken ct)
    {
        using var line = await FloodLine.ConnectAsync(site.Server, site.Address, 0, ct);
        var reading = line.DrainAsync(ct);
        for (var i = 0; !reading.IsCompleted; i++)
        {
            var path = i % 2 == 0
                ? $"/{new string('/', i % 60)}sdk/{new string('/', i / 60 % 60)}vendor//signalr.min.js"
                : $"/{Guid.NewGuid():N}";
            await line.SendBytesAsync(
                Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {site.Server.Authority}\r\n\r\n"), ct);
            await Task.Delay(Pace, site.Time, ct);
        }
    }

    private static async Task ChurnAsync(FloodSite site, CancellationToken ct)
    {
        var user = $"u{Guid.NewGuid():N}";
        using var line = await site.RawAsync(user, "seq,typing,presence", ct);
        await line.SendTextAsync(FloodSite.Command("join", FloodSite.Lobby), ct);
        await line.UntilAsync("joined", ct);
        await line.SendTextAsync(FloodSite.Command("typing", FloodSite.Lobby), ct);
        await Task.Delay(Pace * 10, site.Time, ct);
    }
}
