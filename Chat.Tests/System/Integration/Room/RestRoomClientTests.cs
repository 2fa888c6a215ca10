using System.Net;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Rest;

namespace Chat.Tests.Integration.Room;

/// <summary>Who has joined the room, on one instance and on several.</summary>
public sealed class RestRoomClientTests
{
    // A poll is a sign of life each second, and outlasts the time without one many times.
    private static readonly (string, string)[] QuickToRemove =
        [("Chat:Room:InactiveSeconds", "6"), ("Chat:Room:TouchSeconds", "1"), ("Chat:Room:PollSeconds", "300")];

    private static readonly (string, string)[] QuickToAgree =
        [("Chat:Room:RecheckSeconds", "1"), ("Chat:FanOut:HeadCheckMilliseconds", "50")];

    [Fact]
    public async Task Joined_on_one_instance_a_client_is_joined_on_all_and_leaves_all_on_SQLite() =>
        await JoinedEverywhereAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public async Task Joined_on_one_instance_a_client_is_joined_on_all_and_leaves_all_on_PostgreSQL() =>
        await JoinedEverywhereAsync(DatabaseKind.Postgres);

    [Fact]
    public async Task Only_a_client_that_neither_sends_nor_polls_is_removed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await RestServer.StartAsync(database.Settings, QuickToRemove);
        await server.JoinAsync("quiet");
        await server.JoinAsync("polls");
        var poll = server.GetAsync("/api/messages?client_id=polls"); // waits longer than it takes to be inactive
        await Eventually.HoldsAsync(async () =>
            (await database.QueryAsync("select client_id from room_clients order by client_id")) is ["polls"]);
        Assert.False(poll.IsCompleted);
        (await server.GetAsync("/api/messages?client_id=quiet")).IsRefused(400, "client not found");
        await server.SendAsync("polls", "still here");
        Assert.Equal("1:still here", (await poll).Messages);
    }

    [PostgresFact]
    public async Task While_the_database_is_down_the_room_answers_503_and_recovers_by_itself()
    {
        await using var postgres = await PostgresServer.StartNewAsync();
        var settings = new DatabaseSettings(DatabaseKind.Postgres, await postgres.CreateDatabaseAsync());
        await using var server = await RestServer.StartAsync(settings, ("Chat:Core:InDoubtMilliseconds", "100"));
        await server.JoinAsync("ann");
        await postgres.StopAsync();
        foreach (var answer in (RestAnswer[])
            [
                await server.PostAsync("/api/join", """{"client_id":"bob"}"""),
                await server.PostAsync("/api/send", """{"client_id":"ann","message":"lost"}"""),
                await server.PostAsync("/api/v1/chat", """{"participant_ids":["ann"]}"""),
            ])
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.StartsWith("""{"error":"the database """, answer.Body, StringComparison.Ordinal);
        }
        await postgres.StartAsync();
        await Eventually.HoldsAsync(async () =>
        {
            // this server forgoes durability, so the crash may have cost the first one
            await server.PostAsync("/api/join", """{"client_id":"ann"}""");
            return (await server.PostAsync("/api/send",
                """{"client_id":"ann","message":"after"}""")).Status == HttpStatusCode.OK;
        });
        Assert.Equal("1:after", (await server.GetAsync("/api/messages?client_id=ann")).Messages);
    }

    private static async Task JoinedEverywhereAsync(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var one = await RestServer.StartAsync(database.Settings, QuickToAgree);
        await using var two = await RestServer.StartAsync(database.Settings, QuickToAgree);
        await one.JoinAsync("ann");
        (await two.PostAsync("/api/join", """{"client_id":"ann"}""")).IsRefused(400, "client already exists");
        var poll = two.GetAsync("/api/messages?client_id=ann");
        await one.SendAsync("ann", "hello");
        Assert.Equal("1:hello", (await poll).Messages);
        await one.PostAsync("/api/leave", """{"client_id":"ann"}""");
        await Eventually.HoldsAsync(async () =>
            (await two.GetAsync("/api/messages?client_id=ann")).Body == """{"error":"client not found"}""");
        await two.JoinAsync("ann");
        await one.SendAsync("ann", "again");
    }
}
