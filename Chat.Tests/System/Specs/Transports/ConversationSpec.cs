using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Observability;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

/// <summary>What the transports that know conversations promise beyond the lobby.</summary>
public abstract class ConversationSpec(ServerFixture fixture) : TransportSpec(fixture)
{
    private static readonly ChatTransport[] WithConversations = [ChatTransport.SignalR, ChatTransport.WebSocket];

    [SpecFact]
    public async Task A_conversation_is_shared_by_its_participants_on_every_transport()
    {
        var mine = await ConnectAsync();
        var others = await Task.WhenAll(WithConversations.Select(transport => ConnectAsync(transport)));
        var conversation = await CreateAsync([mine.User, .. others.Select(other => other.User)]);
        foreach (var client in others.Append(mine)) await client.JoinAsync(conversation);
        await mine.SendAsync(conversation, "hello");
        foreach (var client in others.Append(mine))
            Assert.Equal(new Seen(2, mine.User, "hello"), await client.NextAsync());
    }

    // CH-7
    [SpecFact]
    public async Task An_unknown_conversation_and_one_of_others_are_the_same_answer()
    {
        var mine = await ConnectAsync();
        var foreign = await CreateAsync(["somebody", "else"]);
        var unknown = ConversationId.New(Drafts.Noon);
        var texts = new HashSet<string>();
        foreach (var conversation in new[] { foreign, unknown })
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => mine.JoinAsync(conversation));
            Assert.Equal("forbidden", refusal.Code);
            texts.Add(refusal.Text);
            refusal = await Assert.ThrowsAsync<RefusedException>(() => mine.JoinAsync(conversation, after: 5));
            Assert.Equal("forbidden", refusal.Code);
            texts.Add(refusal.Text);
            await Assert.ThrowsAsync<RefusedException>(() => mine.SendAsync(conversation, "hello"));
        }
        Assert.Single(texts);
        Assert.Equal(1, await HeadAsync("somebody", foreign));
    }

    // CH-5
    [SpecFact]
    public async Task The_same_dedupe_key_stores_once_whatever_the_transport_also_in_a_race()
    {
        var user = Unique("twice");
        var clients = new List<ITestClient>();
        for (var i = 0; i < 6; i++) clients.Add(await ConnectAsync(WithConversations[i % 2], user));
        var conversation = await CreateAsync([user]);
        foreach (var client in clients) await client.JoinAsync(conversation);
        for (var key = 0; key < 10; key++)
            await Task.WhenAll(clients.Select(client => client.SendAsync(conversation, "once", $"key {key}")));
        Assert.Equal(11, await HeadAsync(user, conversation));
    }

    [SpecFact]
    public async Task A_user_who_is_removed_sees_the_removal_last_and_nothing_after()
    {
        var mine = await ConnectAsync();
        var conversation = await CreateAsync(["owner", mine.User]);
        await mine.JoinAsync(conversation);
        await using var owner = await Server.ConnectHubAsync("owner");
        await owner.SendAsync(conversation, "before");
        await owner.RemoveParticipantAsync(conversation, UserId.Parse(mine.User));
        await owner.SendAsync(conversation, "after");
        Assert.Equal("before", (await mine.NextAsync()).Body);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => mine.JoinAsync(conversation));
        Assert.Equal("forbidden", refusal.Code);
        // Something that comes later by the same connection shows that "after" never came.
        await mine.JoinAsync(ConversationId.Lobby);
        var end = Unique("end");
        await mine.SendAsync(ConversationId.Lobby, end);
        Assert.Equal(end, (await mine.NextAsync()).Body);
    }

    // CH-4
    [SpecFact]
    public async Task Resuming_in_a_conversation_gives_each_message_once_with_contiguous_sequences()
    {
        var random = new Random(11);
        var mine = await ConnectAsync();
        var conversation = await CreateAsync(["sender", mine.User]);
        await mine.JoinAsync(conversation, after: 0);
        await using var sender = await Server.ConnectHubAsync("sender");
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i += 10)
                await Task.WhenAll(Enumerable.Range(i, 10).Select(j => sender.SendAsync(conversation, $"{j}")));
        });
        for (long expected = 2, cutAt = random.Next(3, 40); expected <= 301; expected++)
        {
            Assert.Equal(new Seen(expected, "sender", $"{expected - 2}"), await mine.NextAsync());
            if (expected < cutAt) continue;
            cutAt = expected + random.Next(1, 80);
            await mine.CutAsync();
            mine = await ConnectAsync(mine.User);
            await mine.JoinAsync(conversation, after: expected);
        }
        await sending;
    }

    // CH-6, CH-25
    [SpecFact]
    public async Task A_position_beyond_the_end_or_below_zero_is_refused_by_name()
    {
        var mine = await ConnectAsync();
        var conversation = await CreateAsync([mine.User]);
        foreach (var position in new[] { -1, 2, long.MaxValue, long.MinValue })
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => mine.JoinAsync(conversation, position));
            Assert.Equal("bad_request", refusal.Code);
            Assert.Matches("(after_seq|afterSequence) must be ", refusal.Text); // as the transport spells it
        }
        await mine.JoinAsync(conversation, after: 1);
    }

    internal async Task<ConversationId> CreateAsync(IReadOnlyList<string> users)
    {
        await using var hub = await Server.ConnectHubAsync(users[0]);
        return (await hub.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [.. users.Select(UserId.Parse)] })).Id;
    }

    private async Task<long> HeadAsync(string user, ConversationId conversation)
    {
        await using var hub = await Server.ConnectHubAsync(user);
        return (await hub.HistoryAsync(conversation)).Head;
    }
}
