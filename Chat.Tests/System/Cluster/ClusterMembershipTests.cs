using System.Net;
using System.Net.Http.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Cluster;
using Chat.Tests.Fixtures.Cluster.Clients;

namespace Chat.Tests.Cluster;

/// <summary>What one instance has decided holds on the others.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClusterMembershipTests(ClusterFixture fixture)
{
    private static readonly TimeSpan HintTime = TimeSpan.FromMilliseconds(300);

    [PostgresAndRedisFact]
    public async Task An_entry_seen_on_one_instance_is_a_resume_point_on_another_that_lags()
    {
        var cluster = await fixture.ClusterAsync();
        await using var here = await RawClient.ConnectAsync(cluster[0].Address, "user_id=ann&features=seq");
        await using var there = await RawClient.ConnectAsync(cluster[1].Address, "user_id=ann&features=seq");
        await here.JoinAsync(ConversationId.Lobby);
        await there.JoinAsync(ConversationId.Lobby);
        cluster[1].ToRedis!.Delay = HintTime; // so what happens on the one is not known on the other when it is asked
        for (var i = 0; i < 5; i++)
        {
            await here.MessageAsync(ConversationId.Lobby, $"seen {i}");
            var seen = (await here.UntilAsync("message")).GetProperty("message").GetProperty("seq").GetInt64();
            await there.SendAsync(
                new { type = "join", conversation_id = ConversationId.Lobby.ToString(), after_seq = seen });
            Assert.Equal(seen, (await there.UntilAsync("joined")).GetProperty("after_seq").GetInt64());
        }
        cluster[1].ToRedis!.Delay = TimeSpan.Zero;
    }

    [PostgresAndRedisFact]
    public async Task A_removal_on_one_instance_stops_a_sender_on_another_and_adding_it_again_lets_it_send()
    {
        var cluster = await fixture.ClusterAsync();
        await using var owner = await ConnectAsync(cluster[0], "olga");
        await using var bob = await ConnectAsync(cluster[1], "bob");
        var group =
            (await owner.CreateConversationAsync(new CreateConversation { ParticipantIds = [UserId.Parse("bob")] })).Id;
        await bob.SendAsync(group, "a member");

        await owner.RemoveParticipantAsync(group, UserId.Parse("bob"));
        // A send that was allowed before the news came may still be stored: behind the removal, and within the bound.
        await Eventually.HoldsAsync(
            async () => await RefusalAsync(() => bob.SendAsync(group, "no member")) is "forbidden");
        Assert.Equal("forbidden", await RefusalAsync(() => bob.JoinAsync(group, 0)));
        using var http = new HttpClient { BaseAddress = cluster[2].Address };
        using var rest = await http.PostAsJsonAsync($"/api/v1/chat/{group}",
            new { sender_id = "bob", body = "no member" });
        Assert.Equal(HttpStatusCode.Forbidden, rest.StatusCode);

        await owner.AddParticipantsAsync(group, [UserId.Parse("bob")]);
        Assert.Null(await RefusalAsync(() => bob.SendAsync(group, "a member again")));
        Assert.Null(await RefusalAsync(() => bob.JoinAsync(group, 0)));
    }

    // CH-8
    [PostgresAndRedisFact]
    public async Task A_removal_on_one_instance_is_the_last_that_a_reader_on_another_is_shown()
    {
        var cluster = await fixture.ClusterAsync();
        await using var owner = await ConnectAsync(cluster[0], "olga");
        var group =
            (await owner.CreateConversationAsync(new CreateConversation { ParticipantIds = [UserId.Parse("ron")] })).Id;
        await using var ron = await RawClient.ConnectAsync(cluster[1].Address, "user_id=ron&features=seq");
        await ron.JoinAsync(group);
        await owner.SendAsync(group, "before");
        await owner.RemoveParticipantAsync(group, UserId.Parse("ron"));
        await owner.SendAsync(group, "after");

        Assert.Equal("before",
            (await ron.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString());
        Assert.Equal("participant_removed",
            (await ron.UntilAsync("entry")).GetProperty("entry").GetProperty("kind").GetString());
        Assert.Equal("left", (await ron.NextAsync()).GetProperty("type").GetString());
        // What would come would come before the answer to a later question.
        await ron.SendAsync(new { type = "join", conversation_id = group.ToString() });
        Assert.Equal("error", (await ron.NextAsync()).GetProperty("type").GetString());
    }

    private static async Task<ChatHubConnection> ConnectAsync(ClusterInstance instance, string user)
    {
        var hub = HubLink.Prepare(instance.Address, user);
        await hub.StartAsync();
        return hub;
    }

    /// <returns>The code, or null when it was not refused.</returns>
    private static async Task<string?> RefusalAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (ChatRefusedException e)
        {
            return e.Message.Split(':')[0];
        }
    }
}
