using System.Net;
using System.Net.WebSockets;
using System.Text;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Rest;

/// <summary>go-chatty's REST, byte for byte.</summary>
public sealed class RestConversationTests(RestServerFixture fixture) : IClassFixture<RestServerFixture>
{
    private const string NotYours = "you are not a participant of this conversation, or it does not exist";
    private const string Unknown = "01990000-0000-7000-8000-000000000000";

    private readonly RestServer _server = fixture.Server;

    [Theory]
    [InlineData("participant_ids")]
    [InlineData("participantIds")]
    public async Task A_conversation_is_made_with_its_participants(string key)
    {
        var answer = await _server.PostAsync("/api/v1/chat", $$"""{"{{key}}":["ann","bob","ann"]}""");
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var id = answer.Json.GetProperty("id").GetString()!;
        var createdAt = answer.Json.GetProperty("created_at").GetString();
        Assert.Equal($$"""{"id":"{{id}}","created_at":"{{createdAt}}"}""", answer.Body);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", createdAt);
        Assert.Equal("""{"messages":[],"limit":50,"offset":0,"count":0}""",
            (await _server.GetAsync($"/api/v1/chat/{id}/messages?user_id=bob")).Body);
    }

    // CH-51
    [Theory]
    [InlineData(
        """{"sender_id":"ann","body":" hi \ud83d\ude00 ","msg_type":1,"attachment_url":"http://x/y.png","attachment_meta":{ "w" : 1.50, "w":[null] },"dedupe_key":"k"}""")]
    [InlineData(
        """{"senderId":"ann","body":" hi \ud83d\ude00 ","msgType":1,"attachmentUrl":"http://x/y.png","attachmentMeta":{ "w" : 1.50, "w":[null] },"dedupeKey":"k","x":{"y":[]}}""")]
    public async Task A_message_is_accepted_and_listed_as_documented(string body)
    {
        var chat = await CreateAsync();
        var sent = await _server.PostAsync($"/api/v1/chat/{chat}", body);
        var task = sent.Json.GetProperty("task_id").GetString();
        Assert.Equal(
            (HttpStatusCode.Accepted,
                $$"""{"status":"queued","task_id":"{{task}}","chat_id":"{{chat}}","sender_id":"ann"}"""),
            (sent.Status, sent.Body));
        var list = await ListAsync(chat, 1);
        var at = list.Json.GetProperty("messages")[0].GetProperty("created_at").GetString();
        Assert.Equal(
            $$$"""{"messages":[{"id":"{{{task}}}","conversation_id":"{{{chat}}}","sender_id":"ann","created_at":"{{{at}}}","body":"hi \uD83D\uDE00","msg_type":1,"attachment_url":"http://x/y.png","attachment_meta":{ "w" : 1.50, "w":[null] },"dedupe_key":"k"}],"limit":50,"offset":0,"count":1}""",
            list.Body);
    }

    [Fact]
    public async Task Missing_values_are_listed_as_null()
    {
        var chat = await CreateAsync();
        var task = (await _server.PostAsync($"/api/v1/chat/{chat}",
            """{"sender_id":"ann","body":"a"}""")).Json.GetProperty("task_id").GetString();
        // The task's id is the dedupe key of last resort.
        Assert.Contains(
            $$$"""","body":"a","msg_type":0,"attachment_url":null,"attachment_meta":null,"dedupe_key":"{{{task}}}"}]"""",
            (await ListAsync(chat, 1)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_dedupe_key_is_the_same_message_whatever_the_transport()
    {
        var chat = await CreateAsync();
        const string send = """{"sender_id":"ann","body":"once","dedupe_key":"same"}""";
        var first = await _server.PostAsync($"/api/v1/chat/{chat}", send);
        await ListAsync(chat, 1);
        Assert.Equal(HttpStatusCode.Accepted, (await _server.PostAsync($"/api/v1/chat/{chat}", send)).Status);
        // behind it: what comes first is done first
        await _server.PostAsync($"/api/v1/chat/{chat}", """{"sender_id":"ann","body":"last"}""");
        await ListAsync(chat, 2);
        var again = await _server.Get<ChatService>().SendAsync(
            UserId.Parse("ann").AsCaller(), new ConversationId(Guid.Parse(chat)), "once",
            new() { DedupeKey = "same", MsgType = MessageType.Text }, CancellationToken.None);
        Assert.Equal((first.Json.GetProperty("task_id").GetString(), true),
            (again.Entry.Id.ToString(), again.Duplicate));
        Assert.Equal("last once", (await _server.GetAsync($"/api/v1/chat/{chat}/messages")).Bodies);
    }

    [Fact]
    public async Task A_message_sent_over_REST_reaches_a_joined_socket()
    {
        var chat = await CreateAsync();
        using var bound = new CancellationTokenSource(Bounds.Wait);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(
            new UriBuilder(_server.Http.BaseAddress!)
            {
                Scheme = "ws", Path = "/api/v1/chat/ws", Query = "user_id=bob"
            }.Uri, bound.Token);
        var buffer = new byte[4_096];
        await socket.ReceiveAsync(buffer, bound.Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"type":"join","conversation_id":"{{chat}}"}"""),
            WebSocketMessageType.Text, true, bound.Token);
        await socket.ReceiveAsync(buffer, bound.Token);
        await _server.PostAsync($"/api/v1/chat/{chat}", """{"sender_id":"ann","body":"to the socket"}""");
        var received = await socket.ReceiveAsync(buffer, bound.Token);
        Assert.Contains("\"body\":\"to the socket\"", Encoding.UTF8.GetString(buffer.AsSpan(0, received.Count)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_paged_newest_first_by_offset_or_by_position()
    {
        var chat = await CreateAsync();
        for (var i = 1; i <= 5; i++)
            await _server.PostAsync($"/api/v1/chat/{chat}", $$"""{"sender_id":"ann","body":"m{{i}}"}""");
        await ListAsync(chat, 5);
        var page = await _server.GetAsync($"/api/v1/chat/{chat}/messages?limit=2&offset=1");
        Assert.Equal("m4 m3", page.Bodies);
        Assert.EndsWith("""],"limit":2,"offset":1,"count":2}""", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"seq\"", page.Body, StringComparison.Ordinal);
        // Sequence 1 is the creation of the conversation.
        var before = await _server.GetAsync($"/api/v1/chat/{chat}/messages?limit=2&before_seq=4");
        Assert.Equal("m2 m1", before.Bodies);
        Assert.Equal(3, before.Json.GetProperty("messages")[0].GetProperty("seq").GetInt64());
        Assert.Equal("m3 m2", (await _server.GetAsync($"/api/v1/chat/{chat}/messages?limit=2&after_seq=2")).Bodies);
        Assert.Equal("m5", (await _server.GetAsync($"/api/v1/chat/{chat}/messages?afterSeq=5")).Bodies);
    }

    // CH-27
    [Theory]
    [InlineData("offset=", false)]
    [InlineData("before_seq=", true)]
    public async Task A_page_ends_at_1_MiB_and_says_that_there_is_more(string parameter, bool byPosition)
    {
        var chat = await CreateAsync();
        var conversation = new ConversationId(Guid.Parse(chat));
        var body = new string('x', ChatLimits.BodyBytes);
        await _server.Get<IMessageStore>().CommitAsync(
            Drafts.Of(Enumerable.Range(0, 20).Select(_ => Drafts.Message(conversation, body))),
            Drafts.Noon, CancellationToken.None);
        var from = byPosition ? 22 : 0;
        var page = (await _server.GetAsync($"/api/v1/chat/{chat}/messages?limit=500&{parameter}{from}")).Json;
        Assert.Equal((16, true), (page.GetProperty("count").GetInt32(), page.GetProperty("has_more").GetBoolean()));

        from = byPosition ? page.GetProperty("messages")[15].GetProperty("seq").GetInt32() : 16;
        page = (await _server.GetAsync($"/api/v1/chat/{chat}/messages?limit=500&{parameter}{from}")).Json;
        Assert.Equal((4, false), (page.GetProperty("count").GetInt32(), page.TryGetProperty("has_more", out _)));

        // The same page on the hub, by what the rule says of sequences.
        await using var hub = await _server.ConnectHubAsync("ann");
        var history = await hub.HistoryAsync(conversation, new HistoryQuery { After = 1, Limit = 500 });
        Assert.Equal((16, 17, 21), (history.Entries.Count, history.Entries[^1].Sequence, history.Head));
        history = await hub.HistoryAsync(conversation, new HistoryQuery { Before = 6, Limit = 500 });
        Assert.Equal([1, 2, 3, 4, 5], history.Entries.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task A_deep_offset_is_refused_with_what_to_do_instead()
    {
        var chat = await CreateAsync();
        Assert.Equal("""{"messages":[],"limit":1,"offset":10000,"count":0}""",
            (await _server.GetAsync($"/api/v1/chat/{chat}/messages?limit=1&offset=10000")).Body);
        var refused = await _server.GetAsync($"/api/v1/chat/{chat}/messages?limit=1&offset=10001");
        Assert.Equal(
            (HttpStatusCode.BadRequest,
                """{"error":"offset must be a whole number from 0 to 10000; beyond, give before_seq or after_seq"}"""),
            (refused.Status, refused.Body));
    }

    // CH-6, CH-50
    [Theory]
    [InlineData("{}", "participant_ids must include at least one user id")]
    [InlineData("""{"participant_ids":[]}""", "participant_ids must include at least one user id")]
    [InlineData("""{"participant_ids":null}""", "participant_ids must include at least one user id")]
    [InlineData("""{"participant_ids":"ann"}""", "participant_ids must be an array of strings")]
    [InlineData("""{"participant_ids":["ann",7]}""", "participant_ids must be an array of strings")]
    [InlineData("""{"participant_ids":[""]}""", "each of participant_ids must not be empty")]
    [InlineData("""{"participant_ids":["a\nb"]}""", "each of participant_ids must not contain control characters")]
    [InlineData("7", "the body must be a JSON object")]
    [InlineData("""{"\ud800xxxxxxxxxxxxxx":1}""",
        "the keys of the body must be valid Unicode text, without lone surrogates")]
    public async Task A_bad_conversation_is_refused_by_name(string body, string error) =>
        (await _server.PostAsync("/api/v1/chat", body)).IsRefused(400, error);

    [Theory]
    [InlineData("{}", "sender_id is required")]
    [InlineData("""{"sender_id":1}""", "sender_id must be a string")]
    [InlineData("""{"sender_id":"ann"}""", "body must not be empty when there is no attachment_url")]
    [InlineData("""{"sender_id":"ann","body":"a","msg_type":3}""", "msg_type must be 0 (text), 1 (image) or 2 (file)")]
    [InlineData("""{"sender_id":"ann","body":"a","msg_type":4294967296}""",
        "msg_type must be 0 (text), 1 (image) or 2 (file)")]
    [InlineData("""{"sender_id":"ann","body":"a","msg_type":"0"}""",
        "msg_type must be 0 (text), 1 (image) or 2 (file)")]
    [InlineData("""{"sender_id":"ann","body":"a\u0000"}""", "body must not contain NUL characters")]
    [InlineData("""{"sender_id":"ann","body":"\udc00"}""", "body must be valid Unicode text, without lone surrogates")]
    [InlineData("""{"sender_id":"ann","body":"a","attachment_meta":"no json"}""",
        "attachment_meta must be JSON, or a string that holds JSON, nested at most 32 levels")]
    public async Task A_bad_message_is_refused_by_name(string body, string error) =>
        (await _server.PostAsync($"/api/v1/chat/{await CreateAsync()}", body)).IsRefused(400, error);

    [Fact]
    public async Task Metadata_that_is_not_UTF8_or_too_deep_is_refused_by_name()
    {
        var path = $"/api/v1/chat/{await CreateAsync()}";
        (await _server.PostAsync(path,
            [.. "{\"sender_id\":\"ann\",\"body\":\"a\",\"attachment_meta\":\""u8, 0xc3, 0x28, .. "\"}"u8])).IsRefused(
                400, "attachment_meta must be valid UTF-8");
        var deep =
            $$"""{"sender_id":"ann","body":"a","attachment_meta":{{new string('[', 40)}}{{new string(']', 40)}}}""";
        (await _server.PostAsync(path, deep)).IsRefused(400,
            "the body must be a JSON object, nested at most 32 levels; it is none at line 1, byte "
                + $"{deep.IndexOf('[', StringComparison.Ordinal) + 33}"); // the first that is too deep
    }

    [Theory]
    [InlineData("limit=0", "limit must be a whole number from 1 to 500")]
    [InlineData("limit=501", "limit must be a whole number from 1 to 500")]
    [InlineData("limit=ten", "limit must be a whole number from 1 to 500")]
    [InlineData("offset=-1", "offset must be a whole number from 0 to 10000; beyond, give before_seq or after_seq")]
    [InlineData("before_seq=x", "before_seq must be a whole number, 0 or more")]
    [InlineData("before_seq=1&after_seq=1", "give before_seq or after_seq, not both")]
    [InlineData("before_seq=1&offset=1", "offset cannot go with before_seq or after_seq")]
    [InlineData("user_id=", "user_id is required")]
    public async Task A_bad_page_is_refused_by_name(string query, string error) =>
        (await _server.GetAsync($"/api/v1/chat/{await CreateAsync()}/messages?{query}")).IsRefused(400, error);

    // CH-50, CH-52
    [Fact]
    public async Task A_stranger_learns_nothing_about_a_conversation()
    {
        var chat = await CreateAsync();
        foreach (var id in (string[])[chat, Unknown])
        {
            (await _server.PostAsync($"/api/v1/chat/{id}", """{"sender_id":"eve","body":"a"}""")).IsRefused(403,
                NotYours);
            (await _server.GetAsync($"/api/v1/chat/{id}/messages?user_id=eve")).IsRefused(403, NotYours);
        }
        (await _server.GetAsync($"/api/v1/chat/{Unknown}/messages")).IsRefused(404, "conversation not found");
        (await _server.GetAsync("/api/v1/chat/7/messages")).IsRefused(400, "the conversation id must be a UUID");
        (await _server.PostAsync("/api/v1/chat/7", """{"sender_id":"ann","body":"a"}""")).IsRefused(400,
            "the conversation id must be a UUID");
    }

    /// <summary>The messages, once so many that were accepted are there.</summary>
    private async Task<RestAnswer> ListAsync(string chat, int count)
    {
        RestAnswer list = null!;
        await Eventually.HoldsAsync(
            async () => (list = await _server.GetAsync($"/api/v1/chat/{chat}/messages")).Json.GetProperty("count")
                .GetInt32() == count);
        return list;
    }

    private async Task<string> CreateAsync() =>
        (await _server.PostAsync("/api/v1/chat", """{"participant_ids":["ann","bob"]}""")).Json.GetProperty("id")
            .GetString()!;
}
