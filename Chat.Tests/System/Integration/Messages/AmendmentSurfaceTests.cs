using System.Net;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Tests.Fixtures.Servers;

namespace Chat.Tests.Integration.Messages;

/// <summary>Edits and deletions over REST and raw sockets, and how clients of the version before are shown
/// them.</summary>
public sealed class AmendmentSurfaceTests() : OnRestServer(("Chat:Messages:EditMinutes", "5"))
{
    private string Messages => $"/api/v1/chat/{Id}/messages";

    // CH-221, CH-222, CH-223, CH-229
    [Fact]
    public async Task A_message_is_edited_read_and_deleted_with_curl()
    {
        var (status, body) = await SendAsync(HttpMethod.Patch, $"{Messages}/2?user_id=ann",
            """{"body":"two","if_version":2,"dedupe_key":"k"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var receipt = JsonDocument.Parse(body).RootElement;
        Assert.Equal(["status", "id", "seq", "created_at", "duplicate"],
            receipt.EnumerateObject().Select(property => property.Name));
        Assert.Equal((3, false),
            (receipt.GetProperty("seq").GetInt64(), receipt.GetProperty("duplicate").GetBoolean()));
        Assert.Equal((HttpStatusCode.Conflict,
            """{"error":"the message was edited meanwhile; it has version 3","version":3}"""),
            await SendAsync(HttpMethod.Patch, $"{Messages}/2?user_id=ann", """{"body":"three","if_version":2}"""));

        Assert.Equal(["two"], await ListedAsync());
        var entries = Entries((await Server.GetAsync($"{Messages}/2?user_id=ben")).Body);
        Assert.Equal(["message one", "message_edited two"], entries);
        Assert.Equal(entries, Entries((await Server.GetAsync($"{Messages}/2/versions?user_id=ben")).Body));
        Assert.Equal(["message_edited two"],
            Entries((await Server.GetAsync($"{Messages}/2/versions?user_id=ben&after_seq=2")).Body));
        Assert.Equal((HttpStatusCode.Forbidden, """{"error":"a message can be edited by its author only"}"""),
            await SendAsync(HttpMethod.Patch, $"{Messages}/2?user_id=ben", """{"body":"mine"}"""));
        Assert.Equal((HttpStatusCode.BadRequest,
            """{"error":"target_seq must name a message of this conversation"}"""),
            await SendAsync(HttpMethod.Delete, $"{Messages}/1?user_id=ann", ""));

        Assert.Equal(HttpStatusCode.OK,
            (await SendAsync(HttpMethod.Delete, $"{Messages}/2?user_id=ann&reason=oops", "")).Status);
        Assert.Equal((HttpStatusCode.Gone, """{"error":"this message was deleted"}"""),
            await SendAsync(HttpMethod.Patch, $"{Messages}/2?user_id=ann", """{"body":"back"}"""));
        Assert.Empty(await ListedAsync());
        Assert.Equal(["message ", "message_deleted "],
            Entries((await Server.GetAsync($"{Messages}/2?user_id=ben")).Body));
    }

    // CH-221
    [Fact]
    public async Task The_time_for_edits_ends_by_the_clock_of_the_database()
    {
        await Database.ExecuteAsync("update messages set created_at = created_at - 301000000 where sequence = 2");

        Assert.Equal((HttpStatusCode.Forbidden, """{"error":"a message can be edited for 5 minutes"}"""),
            await SendAsync(HttpMethod.Patch, $"{Messages}/2?user_id=ann", """{"body":"late"}"""));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Delete, $"{Messages}/2?user_id=ann", "")).Status);
    }

    // CH-226: without the deletion the task is kept for ten minutes after its message was stored
    [Fact]
    public async Task A_deleted_message_that_came_over_REST_is_in_no_task_any_more()
    {
        var sent = await Server.PostAsync($"/api/v1/chat/{Id}", """{"sender_id":"ann","body":"secret of rest"}""");
        Assert.Equal(HttpStatusCode.Accepted, sent.Status);
        var task = sent.Json.GetProperty("task_id").GetString();
        await Eventually.HoldsAsync(async () => (await ListedAsync()).Contains("secret of rest"));
        Assert.NotEmpty(await TasksAsync());

        await Ann.DeleteMessageAsync(Id, 3);

        Assert.Empty(await TasksAsync());
        var status = await Server.GetAsync($"/api/v1/tasks/{task}?user_id=ann");
        Assert.Equal(HttpStatusCode.OK, status.Status);

        Task<List<string>> TasksAsync() => Database.QueryAsync(
            "select id from tasks where instr(cast(payload as text), 'secret of rest') > 0");
    }

    [Fact]
    public async Task A_raw_socket_with_the_feature_edits_changes_messages_and_one_without_sees_that_there_is_an_entry()
    {
        await using var ann = await RawAsync("user_id=ann&features=seq,edits");
        await using var old = await RawAsync("user_id=ben&features=seq");
        await using var plain = await RawAsync("user_id=ben");

        await ann.SendAsync(
            new { type = "edit", conversation_id = Id, target_seq = 2, body = "two", dedupe_key = "k" });
        var answers = new Dictionary<string, JsonElement>(); // in either order
        while (answers.Count < 2)
        {
            var frame = await ann.NextAsync();
            answers[frame.GetProperty("type").GetString()!] = frame;
        }
        var (edit, receipt) = (answers["entry"].GetProperty("entry"), answers["receipt"]);
        Assert.Equal(("k", 3), (receipt.GetProperty("dedupe_key").GetString(), receipt.GetProperty("seq").GetInt64()));
        Assert.Equal(["id", "seq", "kind", "sender_id", "created_at", "target_seq", "body", "attachment_url",
            "attachment_meta"], edit.EnumerateObject().Select(property => property.Name));
        Assert.Equal("two", edit.GetProperty("body").GetString());
        await ann.SendAsync(new { type = "edit", conversation_id = Id, target_seq = 2, body = "x", if_version = 2,
            dedupe_key = "l" });
        var error = await ann.UntilErrorAsync();
        Assert.Equal(("conflict", 3, "l"), (error.GetProperty("code").GetString(),
            error.GetProperty("version").GetInt64(), error.GetProperty("dedupe_key").GetString()));
        await ann.SendAsync(new { type = "delete", conversation_id = Id, target_seq = 2, reason = "oops" });
        await ann.UntilAsync("receipt");
        await ann.SendAsync(new { type = "message", conversation_id = Id, body = "after it" });

        foreach (var kind in new[] { "message_edited", "message_deleted" })
        {
            var entry = (await old.UntilAsync("entry")).GetProperty("entry");
            Assert.Equal(["id", "seq", "kind", "sender_id", "created_at"],
                entry.EnumerateObject().Select(property => property.Name));
            Assert.Equal(kind, entry.GetProperty("kind").GetString());
        }
        Assert.Equal("after it", (await plain.NextAsync()).GetProperty("message").GetProperty("body").GetString());
        await old.SendAsync(new { type = "edit", conversation_id = Id, target_seq = 5, body = "x" });
        Assert.Equal("unsupported_type", (await old.UntilErrorAsync()).GetProperty("code").GetString());
    }

    private async Task<List<string?>> ListedAsync() =>
        [.. (await Server.GetAsync($"{Messages}?user_id=ben")).Json.GetProperty("messages").EnumerateArray()
            .Select(message => message.GetProperty("body").GetString())];

    private static List<string> Entries(string body) =>
        [.. JsonDocument.Parse(body).RootElement.GetProperty("entries").EnumerateArray().Select(entry =>
            $"{entry.GetProperty("kind").GetString()} "
                + (entry.TryGetProperty("body", out var text) ? text.GetString() : ""))];
}
