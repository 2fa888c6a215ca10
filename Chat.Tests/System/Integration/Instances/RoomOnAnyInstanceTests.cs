using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Instances;

/// <summary>A client of the REST room may ask another instance each time.</summary>
public sealed class RoomOnAnyInstanceTests
{
    [Fact]
    public Task Joined_on_one_polled_on_another_sent_on_either_left_on_both() => RoomAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task Joined_on_one_polled_on_another_sent_on_either_left_on_both_on_PostgreSQL() =>
        RoomAsync(DatabaseKind.Postgres);

    private static async Task RoomAsync(DatabaseKind kind)
    {
        await using var instances = await TwoInstances.StartAsync(kind, ("Chat:Room:RecheckSeconds", "60"));
        var (a, b) = (instances.A.Http, instances.B.Http);
        Assert.Equal(HttpStatusCode.OK, (await a.PostAsJsonAsync("/api/join", new { client_id = "ann" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await b.PostAsJsonAsync("/api/join", new { client_id = "ann" })).StatusCode);

        var poll = b.GetStringAsync("/api/messages?client_id=ann&after_id=0");
        Assert.Equal(HttpStatusCode.OK,
            (await a.PostAsJsonAsync("/api/send", new { client_id = "ann", message = "from A" })).StatusCode);
        Assert.Equal("from A", FirstMessage(await poll));
        Assert.Equal(HttpStatusCode.OK,
            (await b.PostAsJsonAsync("/api/send", new { client_id = "ann", message = "from B" })).StatusCode);
        Assert.Equal("from B", FirstMessage(await a.GetStringAsync("/api/messages?client_id=ann&after_id=1")));

        Assert.Equal(HttpStatusCode.OK, (await a.PostAsJsonAsync("/api/leave", new { client_id = "ann" })).StatusCode);
        // B remembers ann for a minute, but was told.
        await Eventually.HoldsAsync(
            async () =>
                (await b.GetAsync("/api/messages?client_id=ann&after_id=0")).StatusCode == HttpStatusCode.BadRequest);
        Assert.Equal("", instances.A.TakeErrors() + instances.B.TakeErrors());
    }

    private static string? FirstMessage(string answer) =>
        JsonDocument.Parse(answer).RootElement.GetProperty("messages")[0].GetProperty("message").GetString();
}
