using System.Net;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Persistence.Deployments;
using Chat.Tests.Fixtures;
using Chat.Tests.Specs.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Safety;

/// <summary>CH-210 to CH-213: blocks over every transport, on two instances.</summary>
public abstract class BlocksSpec(PairFixture pair) : OnTwoServers(pair)
{
    private const string Forbidden = "you are not a participant of this conversation, or it does not exist";

    private readonly string _ann = TransportSpec.Unique("ann");
    private readonly string _bob = TransportSpec.Unique("bob");
    private ConversationId _direct;
    private ConversationId _group;

    protected override async Task PrepareAsync()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        _direct = (await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(_bob)], Kind = ConversationKind.Direct })).Id;
        _group = (await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse(_bob), UserId.Parse("cid")] })).Id;
    }

    [SpecFact]
    public async Task A_block_on_one_instance_holds_on_the_other_over_every_transport()
    {
        await using var bob = await Second.ConnectHubAsync(_bob);
        await using var raw = await Second.ConnectRawAsync(_bob, "receipts");
        await raw.JoinAsync(_direct);
        await bob.SendAsync(_direct, "his right is remembered now");
        await using var ann = await First.ConnectRawAsync(_ann, "blocks");

        await ann.SendAsync(new { type = "block", user_id = _bob });
        Assert.Equal($$"""{"type":"blocked","user_id":"{{_bob}}"}""", (await ann.UntilAsync("blocked")).GetRawText());

        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => bob.SendAsync(_direct, "no"));
        Assert.Equal((ChatErrorCode.Forbidden, Forbidden), (refused.Code, refused.Error.Message));
        await raw.MessageAsync(_direct, "no", "k");
        var error = await raw.UntilErrorAsync();
        Assert.Equal(("forbidden", Forbidden), (error.GetProperty("code").GetString(),
            error.GetProperty("error").GetString()));
        using var rest = await Second.Http.PostAsync($"/api/v1/chat/{_direct}",
            new StringContent($$"""{"sender_id":"{{_bob}}","body":"no"}"""));
        Assert.Equal((HttpStatusCode.Forbidden, $$"""{"error":"{{Forbidden}}"}"""),
            (rest.StatusCode, await rest.Content.ReadAsStringAsync()));
        await bob.SendAsync(_group, "here both are");

        await ann.SendAsync(new { type = "blocks" });
        Assert.Equal($$"""{"type":"blocks","user_ids":["{{_bob}}"]}""", (await ann.UntilAsync("blocks")).GetRawText());
        await ann.SendAsync(new { type = "unblock", user_id = _bob });
        await ann.UntilAsync("unblocked");
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await bob.SendAsync(_direct, "again");
                return true;
            }
            catch (ChatRefusedException)
            {
                return false;
            }
        });
    }

    [SpecFact]
    public async Task Over_REST_one_blocks_lists_and_unblocks()
    {
        var path = $"/api/v1/blocks?user_id={_ann}";
        Assert.Equal("""{"status":"success"}""", await TextAsync(HttpMethod.Put, $"{path}&blocked_id={_bob}"));
        Assert.Equal($$"""{"user_ids":["{{_bob}}"],"count":1}""", await Second.Http.GetStringAsync(path));
        Assert.Equal("""{"user_ids":[],"count":0}""",
            await Second.Http.GetStringAsync($"/api/v1/blocks?user_id={_bob}"));
        Assert.Equal("""{"error":"blocked_id is required"}""", await TextAsync(HttpMethod.Put, path));
        Assert.Equal("""{"error":"user_id must be somebody else"}""",
            await TextAsync(HttpMethod.Put, $"{path}&blocked_id={_ann}"));
        Assert.Equal("""{"status":"success"}""", await TextAsync(HttpMethod.Delete, $"{path}&blocked_id={_bob}"));
        Assert.Equal("""{"user_ids":[],"count":0}""", await Second.Http.GetStringAsync(path));
    }

    [SpecFact]
    public async Task A_blocked_user_sees_the_other_go_offline_and_no_typing_on_the_other_instance()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await using var bob = await Second.ConnectRawAsync(_bob, "presence,typing");
        await ann.JoinAsync(_group);
        await bob.JoinAsync(_group);
        while (!IsOnline(await bob.UntilAsync("presence"), _ann)) // the other instance may tell it later
            await bob.SendAsync(new { type = "presence", conversation_id = _group });
        await ann.TypingAsync(_group);
        Assert.True((await bob.UntilAsync("typing")).GetProperty("typing").GetBoolean());

        await ann.BlockAsync(UserId.Parse(_bob));

        // Offline, and typing no longer, in either order.
        var (gone, still) = (false, false);
        while (!gone || !still)
        {
            var frame = await bob.NextAsync();
            var isAnn = frame.TryGetProperty("user_id", out var user) && user.GetString() == _ann;
            if (isAnn && frame.GetProperty("type").GetString() == "presence_changed")
            {
                gone = !frame.GetProperty("online").GetBoolean();
                Assert.Equal(System.Text.Json.JsonValueKind.Null, frame.GetProperty("last_seen_at").ValueKind);
            }
            else if (isAnn && frame.GetProperty("type").GetString() == "typing")
                still = !frame.GetProperty("typing").GetBoolean();
        }
        await bob.SendAsync(new { type = "presence", conversation_id = _group });
        Assert.False(IsOnline(await bob.UntilAsync("presence"), _ann));
        await ann.TypingAsync(_group, isTyping: false);
        await ann.TypingAsync(_group);
        await ann.SendAsync(_group, "the end");
        while (true)
        {
            var frame = await bob.NextAsync();
            Assert.False(frame.GetProperty("type").GetString() == "typing", frame.GetRawText());
            if (frame.GetProperty("type").GetString() == "message") break;
        }
    }

    private static bool IsOnline(System.Text.Json.JsonElement presence, string user) =>
        presence.GetProperty("users").EnumerateArray()
            .Single(one => one.GetProperty("user_id").GetString() == user).GetProperty("online").GetBoolean();

    // CH-213
    [SpecFact]
    public async Task Nothing_is_stored_after_the_answer_whatever_instance_took_it()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await using var here = await First.ConnectHubAsync(_bob);
        await using var there = await Second.ConnectHubAsync(_bob);
        for (var round = 0; round < 20; round++)
        {
            using var stop = new CancellationTokenSource();
            var floods = new[] { here, there }.Select(hub => FloodAsync(hub, round, stop.Token)).ToList();
            await Task.WhenAll(floods.Select(flood => flood.Started.Task)).WaitAsync(Bounds.Wait);
            await ann.BlockAsync(UserId.Parse(_bob));
            var head = (await ann.HistoryAsync(_direct, new HistoryQuery { Limit = 1 })).Head;
            foreach (var flood in floods) await flood.Refused.Task.WaitAsync(Bounds.Wait);
            await stop.CancelAsync();
            Assert.Equal(head, (await ann.HistoryAsync(_direct, new HistoryQuery { Limit = 1 })).Head);
            await ann.UnblockAsync(UserId.Parse(_bob));
            foreach (var hub in new[] { here, there })
                await Eventually.HoldsAsync(async () => await TrySendAsync(hub, "between the rounds"));
        }
    }

    // CH-211
    [SpecFact]
    public async Task The_blocked_user_is_shown_exactly_the_same_as_before()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        var before = await AllAsync();
        await ann.BlockAsync(UserId.Parse(_bob));
        Assert.Equal(before, await AllAsync());

        async Task<string> AllAsync()
        {
            await using var bob = await Second.ConnectHubAsync(_bob);
            var seen = new List<object>();
            seen.AddRange((await bob.ConversationsAsync()).Select(one => one with { LastEntry = null }));
            seen.AddRange((await bob.HistoryAsync(_direct)).Entries);
            seen.AddRange(await bob.ReadPositionsAsync(_direct));
            seen.AddRange(await bob.UsersAsync([UserId.Parse(_ann)]));
            seen.AddRange((await bob.BlocksAsync()).Cast<object>());
            return string.Join('\n', seen);
        }
    }

    [SpecFact]
    public async Task Servers_that_know_no_blocks_are_kept_out_from_the_first_one_on()
    {
        await using var ann = await First.ConnectHubAsync(_ann);
        await ann.BlockAsync(UserId.Parse(_bob));
        var deployment = await First.Services.GetRequiredService<IDeploymentStore>().ReadAsync(CancellationToken.None);
        Assert.Equal(Deployment.LevelOfRights, deployment.Requires);
    }

    private static async Task<bool> TrySendAsync(ChatHubConnection hub, ConversationId direct, string body)
    {
        try
        {
            await hub.SendAsync(direct, body);
            return true;
        }
        catch (ChatRefusedException e) when (e.Code == ChatErrorCode.Forbidden)
        {
            return false;
        }
    }

    private Task<bool> TrySendAsync(ChatHubConnection hub, string body) => TrySendAsync(hub, _direct, body);

    private Flood FloodAsync(ChatHubConnection hub, int round, CancellationToken stop)
    {
        var flood = new Flood();
        _ = Task.Run(async () =>
        {
            try
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    var isSent = await TrySendAsync(hub, $"{round}.{i}");
                    flood.Started.TrySetResult();
                    if (isSent) continue;
                    flood.Refused.TrySetResult();
                    return;
                }
            }
            catch (Exception e)
            {
                flood.Started.TrySetException(e);
                flood.Refused.TrySetException(e);
            }
        }, CancellationToken.None);
        return flood;
    }

    private async Task<string> TextAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await First.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private sealed class Flood
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
