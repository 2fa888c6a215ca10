using System.Net;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Rest;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Integration.Room;

/// <summary>The room's requests and answers, byte for byte.</summary>
public sealed class RestRoomTests(RestServerFixture fixture) : IClassFixture<RestServerFixture>
{
    private readonly RestServer _server = fixture.Server;

    [Fact]
    public async Task Join_send_and_leave_answer_as_documented()
    {
        Assert.Equal(new(HttpStatusCode.OK, """{"status":"success","client_id":"gold é"}""", 42, null),
            await _server.PostAsync("/api/join", """{"client_id":"gold é"}"""));
        (await _server.PostAsync("/api/join", """{"client_id":"gold é"}""")).IsRefused(400, "client already exists");
        Assert.Equal("""{"status":"success"}""",
            (await _server.PostAsync("/api/send", """{"client_id":"gold é","message":"hello"}""")).Body);
        Assert.Equal("""{"status":"success"}""",
            (await _server.PostAsync("/api/leave", """{"client_id":"gold é"}""")).Body);
        Assert.Equal("""{"status":"success"}""",
            (await _server.PostAsync("/api/leave", """{"client_id":"gold é"}""")).Body);
        (await _server.PostAsync("/api/send", """{"client_id":"gold é","message":"hello"}""")).IsRefused(400,
            "Please join the room before sending messages.");
        (await _server.GetAsync("/api/messages?client_id=gold%20%C3%A9")).IsRefused(400, "client not found");
    }

    [Fact]
    public async Task Messages_are_shown_as_documented_with_the_cursor_beside_them()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await RestServer.StartAsync(database.Settings);
        await server.JoinAsync("ann");
        await server.SendAsync("ann", "  <b>\\\"hi\\\"</b> é  ");
        await server.SendAsync("ann", "two");
        var times = await database.QueryAsync(
            "select strftime('%Y-%m-%dT%H:%M:%S', created_at / 1000000, 'unixepoch') || printf('.%06dZ', created_at % "
                + "1000000) from messages order by sequence");
        var expected = $$"""{"messages":[{"id":1,"sender_id":"ann","message":"<b>\"hi\"</b> é","created_at":"{{times[
            0]}}"},{"id":2,"sender_id":"ann","message":"two","created_at":"{{times[1]}}"}]}""";
        var answer = await server.GetAsync("/api/messages?client_id=ann");
        Assert.Equal((expected, "2"), (answer.Body, answer.Cursor));
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(expected), answer.Length);
        // The web server's own warning is about the machine: its heart beats slowly where that is busy.
        Assert.DoesNotContain(server.Logs.All, log => log.Level >= LogLevel.Warning && log.Id.Id != 1050
            && log.Category != "Microsoft.AspNetCore.Server.Kestrel");
    }

    [Theory]
    [InlineData("/api/join", "",
        "the body must be a JSON object, nested at most 32 levels; it is none at line 1, byte 1")]
    [InlineData("/api/join", "{\"client_id\":",
        "the body must be a JSON object, nested at most 32 levels; it is none at line 1, byte 14")]
    [InlineData("/api/join", "{\n\"client_id\": x",
        "the body must be a JSON object, nested at most 32 levels; it is none at line 2, byte 14")]
    [InlineData("/api/join", "[]", "the body must be a JSON object")]
    [InlineData("/api/join", "{} {}",
        "the body must be a JSON object, nested at most 32 levels; it is none at line 1, byte 4")]
    [InlineData("/api/join", "{}", "client_id is required")]
    [InlineData("/api/join", """{"client_id":null}""", "client_id is required")]
    [InlineData("/api/join", """{"client_id":""}""", "client_id is required")]
    [InlineData("/api/join", """{"client_id":7}""", "client_id must be a string")]
    [InlineData("/api/join", """{"client_id":"a\u0000"}""", "client_id must not contain control characters")]
    [InlineData("/api/join", """{"client_id":"a\ud800"}""",
        "client_id must be valid Unicode text, without lone surrogates")]
    [InlineData("/api/leave", """{"client":"a"}""", "client_id is required")]
    [InlineData("/api/send", """{"client_id":"a"}""", "message is required")]
    [InlineData("/api/send", """{"client_id":"a","message":" "}""", "message is required")]
    [InlineData("/api/send", """{"client_id":"a","message":["x"]}""", "message must be a string")]
    [InlineData("/api/send", """{"message":"x"}""", "client_id is required")]
    public async Task Bad_bodies_are_refused_by_name(string path, string body, string error) =>
        (await _server.PostAsync(path, body)).IsRefused(400, error);

    [Fact]
    public async Task Text_that_cannot_be_stored_is_refused_by_name()
    {
        await _server.JoinAsync("texts");
        (await _server.PostAsync("/api/send", """{"client_id":"texts","message":"a\u0000b"}""")).IsRefused(400,
            "message must not contain NUL characters");
        (await _server.PostAsync("/api/send",
            [.. "{\"client_id\":\"texts\",\"message\":\""u8, 0xff, .. "\"}"u8])).IsRefused(400,
                "message must be valid Unicode text, without lone surrogates");
        var tooLong = $$"""{"client_id":"texts","message":"{{new string('x', ChatLimits.BodyBytes + 1)}}"}""";
        (await _server.PostAsync("/api/send", tooLong)).IsRefused(400,
            "message must have at most 65536 bytes in UTF-8");
        (await _server.PostAsync("/api/join", $$"""{"client_id":"{{new string('x', 256)}}"}""")).IsRefused(400,
            "client_id must have at most 255 characters (Unicode code points)");
    }

    // CH-50
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_413(bool hasLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/send")
        {
            Content = new ByteArrayContent(new byte[ChatLimits.FrameBytes + 1])
        };
        request.Headers.TransferEncodingChunked = !hasLength;
        using var response = await _server.Http.SendAsync(request);
        (await RestAnswer.ReadAsync(response)).IsRefused(413, "the body must have at most 1048576 bytes");
    }

    [Theory]
    [InlineData("", "client_id is required")]
    [InlineData("client_id=", "client_id is required")]
    [InlineData("client_id=queries&since=soon", "invalid since parameter")]
    [InlineData("client_id=queries&since=NaN", "invalid since parameter")]
    [InlineData("client_id=queries&since=1e3", "invalid since parameter")]
    [InlineData("client_id=queries&since=999999999999", "invalid since parameter")]
    [InlineData("client_id=queries&since=99999999999999999999999999999999999999", "invalid since parameter")]
    [InlineData("client_id=queries&after_id=-1", "after_id must be a whole number, 0 or more")]
    [InlineData("client_id=queries&after_id=99999999999999999999", "after_id must be a whole number, 0 or more")]
    [InlineData("client_id=queries&limit=0", "limit must be a whole number from 1 to 1000")]
    [InlineData("client_id=queries&limit=1001", "limit must be a whole number from 1 to 1000")]
    [InlineData("client_id=nobody", "client not found")]
    public async Task Bad_queries_are_refused_by_name(string query, string error) =>
        (await _server.GetAsync($"/api/messages?{query}")).IsRefused(400, error);

    [Fact]
    public async Task A_body_with_any_content_type_is_read()
    {
        using var response = await _server.Http.PostAsync("/api/join",
            new StringContent("""{"client_id":"curl"}""", null, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Entries_that_are_no_messages_move_the_cursor_and_are_not_shown()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await RestServer.StartAsync(database.Settings, ("Chat:Room:PollSeconds", "1"),
            ("Chat:FanOut:HeadCheckMilliseconds", "50"));
        await server.JoinAsync("ann");
        await server.SendAsync("ann", "one");
        var reaction = new ReactionsChangedEntry
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = ConversationId.Lobby, Sequence = 0,
            SenderId = UserId.Parse("ann"), CreatedAt = default, TargetSequence = 1, Counts = [],
        };
        var poll = server.GetAsync("/api/messages?client_id=ann&after_id=1");
        await server.Get<IMessageStore>().CommitAsync(
            Drafts.Of(reaction), DateTimeOffset.UnixEpoch.AddYears(60), CancellationToken.None);
        var answer = await poll;
        // the poll was over before, on a machine that is busy
        while (answer.Cursor == "1") answer = await server.GetAsync("/api/messages?client_id=ann&after_id=1");
        Assert.Equal(("""{"messages":[]}""", "2"), (answer.Body, answer.Cursor));
        Assert.Equal("1:one", (await server.GetAsync("/api/messages?client_id=ann")).Messages);
    }
}
