using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Cluster;

/// <summary>The REST room is one room, whichever instance a request reaches (CH-40 to CH-43).</summary>
[Collection(ClusterCollection.Name)]
public sealed partial class ClusterRoomTests(ClusterFixture fixture)
{
    [PostgresAndRedisFact]
    public async Task Joined_on_one_polled_on_the_second_sent_on_the_third_left_on_the_first()
    {
        var cluster = await fixture.ClusterAsync();
        using var a = new HttpClient { BaseAddress = cluster[0].Address };
        using var b = new HttpClient { BaseAddress = cluster[1].Address };
        using var c = new HttpClient { BaseAddress = cluster[2].Address };
        foreach (var client in new[] { "walker", "speaker" })
            Assert.Equal(HttpStatusCode.OK,
                (await a.PostAsJsonAsync("/api/join", new { client_id = client })).StatusCode);
        // A poll waits while there is nothing.
        Assert.Equal(HttpStatusCode.OK,
            (await a.PostAsJsonAsync("/api/send", new { client_id = "speaker", message = "from A" })).StatusCode);
        var cursor = "0";
        for (var last = ""; last != "from A";) // there may be more than a page of what other tests have sent
        {
            using var page = await b.GetAsync($"/api/messages?client_id=walker&after_id={cursor}&limit=1000");
            var text = await page.Content.ReadAsStringAsync();
            Assert.True(page.IsSuccessStatusCode, text);
            cursor = page.Headers.GetValues("X-Chat-Cursor").Single();
            last = JsonDocument.Parse(text).RootElement.GetProperty("messages").EnumerateArray()
                .Select(one => one.GetProperty("message").GetString()).LastOrDefault(last);
        }

        var poll = b.GetStringAsync($"/api/messages?client_id=walker&after_id={cursor}");
        Assert.Equal(HttpStatusCode.OK,
            (await c.PostAsJsonAsync("/api/send", new { client_id = "speaker", message = "from C" })).StatusCode);
        Assert.Equal("from C",
            JsonDocument.Parse(await poll).RootElement.GetProperty("messages")[0].GetProperty("message").GetString());

        Assert.Equal(HttpStatusCode.OK,
            (await a.PostAsJsonAsync("/api/leave", new { client_id = "walker" })).StatusCode);
        await Eventually.HoldsAsync(
            async () =>
                (await b.GetAsync(
                    "/api/messages?client_id=walker&after_id=0")).StatusCode == HttpStatusCode.BadRequest);
        await Eventually.HoldsAsync(
            async () =>
                (await c.PostAsJsonAsync("/api/send",
                    new { client_id = "walker", message = "gone" })).StatusCode == HttpStatusCode.BadRequest);
    }

    [PostgresFact]
    public async Task A_client_that_is_not_heard_from_is_removed_once_by_whichever_instance()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        (string, string)[] settings = [("ConnectionStrings__Chat", database.Settings.ConnectionString),
            ("Chat__Room__InactiveSeconds", "1"), ("Chat__Room__TouchSeconds", "1")];
        var servers = await Task.WhenAll(ServerProcess.ServeAsync(settings), ServerProcess.ServeAsync(settings));
        foreach (var server in servers)
        {
            using var http = new HttpClient { BaseAddress = server.Url };
            Assert.Equal(HttpStatusCode.OK,
                (await http.PostAsJsonAsync("/api/join", new { client_id = $"sleeper {server.Url.Port}" })).StatusCode);
        }
        using var anyone = new HttpClient { BaseAddress = servers[0].Url };
        await Eventually.HoldsAsync(
            async () => (await database.QueryAsync("select client_id from room_clients")).Count == 0);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await anyone.PostAsJsonAsync("/api/send",
                new { client_id = $"sleeper {servers[1].Url.Port}", message = "awake?" })).StatusCode);

        await Eventually.HoldsAsync(
            async () => (await anyone.GetAsync("/health/ready")).IsSuccessStatusCode && RemovedBy(servers) >= 2);
        Assert.Equal(2, RemovedBy(servers));
        foreach (var server in servers) await server.DisposeAsync();
    }

    [GeneratedRegex(@"(\d+) inactive clients were removed")]
    private static partial Regex Removed();

    private static int RemovedBy(IEnumerable<ServerProcess> servers) =>
        servers.Sum(
            server => Removed().Matches(server.Output)
                .Sum(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
}
