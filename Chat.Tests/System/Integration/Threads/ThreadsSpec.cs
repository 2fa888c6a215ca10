using System.Net;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;

namespace Chat.Tests.Integration.Threads;

/// <summary>CH-240 to CH-249: answers, threads and mentions over every transport, on two instances.</summary>
public abstract partial class ThreadsSpec(PairFixture pair) : OnTwoServers(pair)
{
    private readonly string _ann = TransportSpec.Unique("ann");
    private readonly string _bob = TransportSpec.Unique("bob");
    private ConversationId _group;

    private UserId Bob => UserId.Parse(_bob);

    protected override async Task PrepareAsync()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        _group = (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Bob] })).Id;
    }

    [SpecFact]
    public async Task Replies_mentions_and_attachments_of_any_transport_are_shown_on_all_on_both_instances()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await using var here = await First.ConnectRawAsync(_bob, "seq,receipts,threads");
        await using var there = await Second.ConnectRawAsync(_bob, "seq,threads");
        await using var old = await Second.ConnectRawAsync(_bob, "seq");
        foreach (var socket in new[] { here, there, old }) await socket.JoinAsync(_group);
        await ann.SendAsync(_group, "first"); // 2

        await ann.SendAsync(_group, "by the hub", Everything());
        await here.SendAsync(new
        {
            type = "message", conversation_id = _group, body = "by a socket", thread = 3, mentions = Mentions(),
            attachments = new[] { new { url = "https://example.org/a", media_type = "text/plain", size = 7 } },
        });
        await here.UntilAsync("receipt");
        await SendAsync(HttpStatusCode.Accepted, new
        {
            sender_id = _ann, body = "by REST", replyTo = 2, thread = 2, also_in_conversation = true,
            mentions = Mentions(), attachments = new[] { new { url = "https://example.org/a", mediaType = "a/b" } },
        });

        var (seen, plain) = (new List<JsonElement>(), new List<JsonElement>());
        for (var i = 0; i < 4; i++)
        {
            seen.Add((await there.UntilAsync("message")).GetProperty("message"));
            plain.Add((await old.UntilAsync("message")).GetProperty("message"));
            Assert.Equal(10, plain[i].EnumerateObject().Count());
        }
        Assert.Equal(10, seen[0].EnumerateObject().Count());
        Assert.Equal([2L, 2L, 2L], seen.Skip(1).Select(message => message.GetProperty("thread").GetInt64()));
        Assert.Equal(["by the hub", "by a socket", "by REST"],
            seen.Skip(1).Select(message => message.GetProperty("body").GetString()));
        Assert.Equal("https://example.org/a", plain[2].GetProperty("attachment_url").GetString());
        Assert.Equal($$"""{"users":["{{_bob}}"],"everyone":false}""", seen[3].GetProperty("mentions").GetRawText());
        Assert.True(seen[3].GetProperty("also_in_conversation").GetBoolean());
        Assert.Equal(
            """[{"url":"https://example.org/a","name":null,"media_type":"a/b","size":null,"meta":null}]""",
            seen[3].GetProperty("attachments").GetRawText());

        using var page = JsonDocument.Parse(await Second.Http.GetStringAsync(
            $"/api/v1/chat/{_group}/messages?user_id={_bob}&after_seq=1"));
        var stored = page.RootElement.GetProperty("messages").EnumerateArray().Reverse().ToList();
        Assert.All(stored.Zip(seen), pair => Assert.True(JsonElement.DeepEquals(pair.First, pair.Second),
            $"{pair.First}\n{pair.Second}"));
        var history = (await ann.HistoryAsync(_group)).Entries.OfType<MessageEntry>().ToList();
        Assert.Equal([null, 2L, 2L, 2L], history.Select(message => message.Thread));
        Assert.Equal([false, true, false, true], history.Select(message => message.AlsoInConversation));
    }

    [SpecFact]
    public async Task Invalid_fields_are_refused_with_the_reason_over_REST_and_on_a_socket_that_stays_usable()
    {
        await using var here = await First.ConnectRawAsync(_bob, "receipts,threads");
        await here.JoinAsync(_group);
        await RefusedAsync("""{"reply_to":9}""",
            "reply_to must name a message before this one, of the same conversation");
        await RefusedAsync("""{"thread":"x"}""",
            "thread must name a message before this one, of the same conversation");
        await RefusedAsync("""{"also_in_conversation":true}""", "also_in_conversation goes with thread");
        await RefusedAsync("""{"mentions":["ann"]}""", "mentions must be an object with users and everyone");
        await RefusedAsync("""{"mentions":{"users":[""]}}""", "each of mentions must not be empty");
        await RefusedAsync("""{"attachments":{}}""", "attachments must be an array of objects");
        await RefusedAsync("""{"attachments":[{"url":"u","width":0}]}""",
            "attachments.width must be a whole number, 1 or more");
        await RefusedAsync("""{"attachments":[{"url":"u","media_type":"\u0000"}]}""",
            "attachments.media_type must not contain NUL characters");
        await RefusedAsync("""{"attachments":[{"url":"u"}],"attachment_url":"v"}""",
            "give attachments or attachment_url, not both");
        await here.MessageAsync(_group, "still here", "k");
        Assert.Equal(2, (await here.UntilAsync("receipt")).GetProperty("seq").GetInt64());

        async Task RefusedAsync(string fields, string words)
        {
            await here.SendAsync(
                $$"""{"type":"message","conversation_id":"{{_group}}","body":"x",{{fields[1..]}}""");
            Assert.Equal(words, (await here.UntilErrorAsync()).GetProperty("error").GetString());
            using var answer = await First.Http.PostAsync($"/api/v1/chat/{_group}",
                new StringContent($$"""{"sender_id":"{{_bob}}","body":"x",{{fields[1..]}}"""));
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal((HttpStatusCode.BadRequest, words),
                (answer.StatusCode, body.RootElement.GetProperty("error").GetString()));
        }
    }

    // CH-249
    [SpecFact]
    public async Task A_socket_without_the_feature_threads_ignores_its_fields()
    {
        await using var old = await First.ConnectRawAsync(_bob, "receipts");
        await old.JoinAsync(_group);
        await old.SendAsync(
            $$"""{"type":"message","conversation_id":"{{_group}}","body":"x","thread":"mine","attachments":7}""");
        Assert.Equal(2, (await old.UntilAsync("receipt")).GetProperty("seq").GetInt64());
        await using var ann = await First.ConnectHubAsync(_ann);
        Assert.Null(Assert.IsType<MessageEntry>((await ann.HistoryAsync(_group)).Entries[^1]).Thread);
    }

    private SendOptions Everything() => new()
    {
        Thread = 2, AlsoInConversation = true, Mentions = new() { Users = [Bob] },
        Attachments = [new() { Url = "https://example.org/a" }],
    };

    private object Mentions() => new { users = new[] { _bob }, everyone = false };

    private async Task SendAsync(HttpStatusCode status, object body)
    {
        using var answer = await First.Http.PostAsync($"/api/v1/chat/{_group}",
            new StringContent(JsonSerializer.Serialize(body)));
        Assert.True(answer.StatusCode == status, await answer.Content.ReadAsStringAsync());
    }
}
