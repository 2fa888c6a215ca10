using System.Text;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Presence;
using Chat.Server.Presence.Store;
using Chat.Server.Presence.Watching;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Presence;

/// <summary>CH-70 to CH-76 over two instances, all transports, and either database.</summary>
public abstract class PresenceSpec(PresencePair pair) : IClassFixture<PresencePair>, IAsyncLifetime
{
    internal abstract DatabaseKind Kind { get; }

    public Task InitializeAsync() => Kind == DatabaseKind.Postgres && RequiredTools.PostgresSkipReason is not null
        ? Task.CompletedTask
        : pair.StartAsync(Kind);

    public Task DisposeAsync() => Task.CompletedTask;

    // CH-78
    [SpecFact]
    public async Task A_user_who_is_connected_anywhere_over_any_transport_is_online()
    {
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "t-ann");
        var group = await ann.CreateGroupAsync("t-ann", "t-hub", "t-raw", "t-rest");
        var before = await ann.WatchAsync(group);
        Assert.Equal((group, 1, true), (before.ConversationId, before.OnlineCount, before.Watching));
        Assert.Equal(["t-ann True", "t-hub False", "t-raw False", "t-rest False"],
            before.Users.Select(u => $"{u.UserId} {u.Online}"));
        Assert.All(before.Users, user => Assert.Null(user.LastSeenAt));

        var hub = await pair.B.ConnectHubAsync("t-hub");
        Assert.True((await ann.NextOfAsync("t-hub")).Online);
        var raw = await pair.B.ConnectRawAsync("t-raw");
        Assert.Equal((group, "t-raw", true),
            await ann.NextOfAsync("t-raw") is var came
                ? (came.ConversationId, came.UserId.Value, came.Online)
                : default);
        await PostAsync(pair.B, "/api/join", """{"client_id":"t-rest"}""");
        Assert.True((await ann.NextOfAsync("t-rest")).Online);
        Assert.False((await ann.NextOfAsync("t-rest")).Online); // said nothing more

        await hub.DisposeAsync();
        var left = await ann.NextOfAsync("t-hub");
        Assert.False(left.Online);
        Assert.InRange(TimeProvider.System.GetUtcNow() - left.LastSeenAt!.Value, TimeSpan.FromSeconds(-1), Bounds.Wait);
        raw.Cut();
        Assert.False((await ann.NextOfAsync("t-raw")).Online);
        await raw.DisposeAsync();
    }

    // CH-78
    [SpecFact]
    public async Task A_user_goes_with_the_last_of_several_devices_and_then_it_is_known_when()
    {
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "d-ann");
        var group = await ann.CreateGroupAsync("d-ann", "d-bob", "d-carl");
        var devices = new List<IAsyncDisposable> { await pair.A.ConnectHubAsync("d-bob") };
        Assert.Equal(2, (await ann.WatchAsync(group)).OnlineCount);
        devices.Add(await pair.B.ConnectHubAsync("d-bob"));
        devices.Add(await pair.B.ConnectRawAsync("d-bob"));
        // Came to B after bob: who knows of carl there knows of bob.
        await using var carl = await pair.B.ConnectHubAsync("d-carl");
        Assert.True((await ann.NextOfAsync("d-carl")).Online);
        foreach (var device in devices) await device.DisposeAsync();

        var left = await ann.NextAsync();
        Assert.Equal(("d-bob", false), (left.UserId.Value, left.Online));
        foreach (var server in new[] { pair.A, pair.B })
            await server.Services.GetRequiredService<LastSeenJournal>().FlushAsync(CancellationToken.None);
        var stored = await pair.A.Services.GetRequiredService<PresenceStore>()
            .FindLastSeenAsync([UserId.Parse("d-bob").Key()], CancellationToken.None);
        Assert.Equal(Microseconds.Truncate(left.LastSeenAt!.Value), Assert.Single(stored).Value);
        var after = await ann.Hub.GetPresenceAsync(group);
        Assert.Equal((2, "d-bob", false, left.LastSeenAt), (after.OnlineCount, after.Users[2].UserId.Value,
            after.Users[2].Online, after.Users[2].LastSeenAt));
        Assert.True(ann.WasToldNothing);

        // What is stored is all that a server knows after a restart.
        await using var restarted = await pair.StartAloneAsync();
        await using var again = await PresenceWatcher.ConnectAsync(restarted, "d-ann");
        var users = (await again.Hub.GetPresenceAsync(group)).Users;
        Assert.Equal(["d-ann True", "d-bob False", "d-carl False"], users.Select(u => $"{u.UserId} {u.Online}"));
        Assert.Equal((null, Microseconds.Truncate(left.LastSeenAt!.Value)), (users[0].LastSeenAt, users[1].LastSeenAt));
    }

    // CH-73
    [SpecFact]
    public async Task At_most_a_thousand_are_listed_those_online_first_and_all_who_are_online_are_counted()
    {
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "k-ann");
        var group = await ann.CreateGroupAsync(["k-ann", .. Enumerable.Range(1, 900).Select(i => $"k-many-{i}")]);
        await ann.Hub.AddParticipantsAsync(group,
            [.. Enumerable.Range(901, 200).Select(i => UserId.Parse($"k-many-{i}")), UserId.Parse("k-zoe")]);
        await using var zoe = await pair.A.ConnectHubAsync("k-zoe");
        var snapshot = await ann.Hub.GetPresenceAsync(group);
        Assert.Equal((2, 1_000), (snapshot.OnlineCount, snapshot.Users.Count));
        Assert.Equal(["k-ann", "k-zoe"],
            snapshot.Users.TakeWhile(user => user.Online).Select(user => user.UserId.Value));
        Assert.DoesNotContain(snapshot.Users.Skip(2), user => user.Online);
    }

    // CH-73
    [SpecFact]
    public async Task Only_who_may_read_a_conversation_is_told_and_only_who_joined_it_watches()
    {
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "m-ann");
        await using var eve = await PresenceWatcher.ConnectAsync(pair.A, "m-eve");
        var group = await ann.CreateGroupAsync("m-ann", "m-bob");

        Assert.Equal(ChatErrorCode.Forbidden,
            (await Assert.ThrowsAsync<ChatRefusedException>(() => eve.Hub.GetPresenceAsync(group))).Code);
        Assert.Equal(ChatErrorCode.Forbidden,
            (await Assert.ThrowsAsync<ChatRefusedException>(
                () => eve.Hub.GetPresenceAsync(ConversationId.New(Drafts.Noon)))).Code);
        var unwatched = await ann.Hub.GetPresenceAsync(group);
        Assert.Equal((1, 2, false), (unwatched.OnlineCount, unwatched.Users.Count, unwatched.Watching));
    }

    [SpecFact]
    public async Task A_user_who_is_removed_hears_no_more_and_one_who_is_added_is_heard_of_at_once()
    {
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "r-ann");
        await using var bob = await PresenceWatcher.ConnectAsync(pair.B, "r-bob");
        var group = await ann.CreateGroupAsync("r-ann", "r-bob");
        await ann.WatchAsync(group);
        Assert.True((await bob.WatchAsync(group)).Watching);
        await using (await pair.B.ConnectHubAsync("r-carl"))
        {
            await ann.Hub.AddParticipantsAsync(group, [UserId.Parse("r-carl")]);
            Assert.True((await ann.NextOfAsync("r-carl")).Online);
            Assert.True((await bob.NextOfAsync("r-carl")).Online);
        }
        Assert.False((await ann.NextOfAsync("r-carl")).Online);
        Assert.False((await bob.NextOfAsync("r-carl")).Online);

        var closed = new Inbox<ConversationId>();
        using var listening = bob.Hub.OnConversationClosed(closed.Add);
        await ann.Hub.RemoveParticipantAsync(group, UserId.Parse("r-bob"));
        await closed.NextAsync(); // so the other instance knows it
        await using (await pair.B.ConnectHubAsync("r-carl"))
        {
            Assert.True((await ann.NextOfAsync("r-carl")).Online);
            await ann.Hub.RemoveParticipantAsync(group, UserId.Parse("r-carl"));
        }
        // Watched alone, whose change comes after those of bob and carl would have come.
        await ann.Hub.AddParticipantsAsync(group, [UserId.Parse("r-dora")]);
        await using var dora = await pair.B.ConnectHubAsync("r-dora");
        Assert.Equal("r-dora", (await ann.NextAsync()).UserId.Value);
        Assert.True(bob.WasToldNothing);
    }

    // CH-75
    [SpecFact]
    public async Task Contacts_are_watched_while_they_are_contacts()
    {
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "c-ann");
        var group = await ann.CreateGroupAsync("c-ann", "c-bob", "c-carl");
        await ann.Hub.CreateConversationAsync(new CreateConversation
        {
            Kind = ConversationKind.Direct, ParticipantIds = [UserId.Parse("c-dora")]
        });
        var contacts = await ann.Hub.GetPresenceAsync();
        Assert.Equal((null, 0, true), (contacts.ConversationId, contacts.OnlineCount, contacts.Watching));
        Assert.Equal(["c-bob", "c-carl", "c-dora"], contacts.Users.Select(u => u.UserId.Value));

        await using (await pair.B.ConnectHubAsync("c-bob"))
            Assert.Equal((null, "c-bob", true),
                await ann.NextAsync() is var came ? (came.ConversationId, came.UserId.Value, came.Online) : default);
        Assert.False((await ann.NextAsync()).Online);
        await ann.Hub.RemoveParticipantAsync(group, UserId.Parse("c-bob"));
        await using var bob = await pair.B.ConnectHubAsync("c-bob");
        await using var carl = await pair.B.ConnectHubAsync("c-carl");
        Assert.Equal("c-carl", (await ann.NextAsync()).UserId.Value);

        // A contact that came later is watched once somebody asks again.
        await ann.CreateGroupAsync("c-ann", "c-eve");
        await using (await pair.B.ConnectHubAsync("c-eve"))
        {
            await using var dora = await pair.B.ConnectHubAsync("c-dora");
            Assert.Equal("c-dora", (await ann.NextAsync()).UserId.Value);
            Assert.Contains((await ann.Hub.GetPresenceAsync()).Users,
                u => u is { UserId.Value: "c-eve", Online: true });
        }
        while ((await ann.NextAsync()) is var told && (told.UserId.Value != "c-eve" || told.Online)) { }
    }

    // CH-73
    [SpecFact]
    public async Task A_conversation_that_is_too_large_is_answered_but_not_watched()
    {
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "l-ann");
        var group = await ann.CreateGroupAsync(["l-ann", .. Enumerable.Range(0, 8).Select(i => $"l-{i}")]);
        await using var other = await pair.A.ConnectHubAsync("l-3");
        var large = await ann.WatchAsync(group);
        Assert.Equal((2, 9, false), (large.OnlineCount, large.Users.Count, large.Watching));
        Assert.Equal(["l-3", "l-ann", "l-0"], large.Users.Take(3).Select(u => u.UserId.Value));
        Assert.False(IsKept(pair.A, group));

        // At the limit it is watched.
        await ann.Hub.RemoveParticipantAsync(group, UserId.Parse("l-0"));
        Assert.True((await ann.Hub.GetPresenceAsync(group)).Watching);
        await using var last = await pair.B.ConnectHubAsync("l-7");
        Assert.Equal("l-7", (await ann.NextOfAsync("l-7")).UserId.Value);
    }

    // CH-73
    [SpecFact]
    public async Task Everyone_online_belongs_to_the_lobby()
    {
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "e-ann");
        await using var bob = await pair.B.ConnectHubAsync("e-bob");
        await ann.Hub.JoinAsync(ConversationId.Lobby);
        // Users of other tests linger, and above the limit no change is reported.
        await Eventually.HoldsAsync(async () =>
            (await ann.Hub.GetPresenceAsync(ConversationId.Lobby)).Users.All(
                user => user.UserId.Value is "e-ann" or "e-bob"));
        var lobby = await ann.Hub.GetPresenceAsync(ConversationId.Lobby);
        Assert.All(lobby.Users, user => Assert.True(user.Online));
        Assert.Contains(lobby.Users, user => user.UserId.Value == "e-ann");
        Assert.Equal(lobby.OnlineCount, lobby.Users.Count);
        Assert.True(lobby.Watching);
        await using var carl = await pair.B.ConnectHubAsync("e-carl");
        Assert.Equal(ConversationId.Lobby, (await ann.NextOfAsync("e-carl")).ConversationId);
    }

    [SpecFact]
    public async Task Nothing_is_kept_of_a_conversation_that_nobody_watches_any_more()
    {
        await using var ann = await PresenceWatcher.ConnectAsync(pair.A, "n-ann");
        var group = await ann.CreateGroupAsync("n-ann", "n-bob");
        await ann.WatchAsync(group);
        Assert.True(IsKept(pair.A, group));
        await ann.Hub.LeaveAsync(group);
        Assert.False(IsKept(pair.A, group));
    }

    private static bool IsKept(TestServer server, ConversationId conversation)
    {
        var watches = server.Services.GetRequiredService<PresenceWatches>();
        watches.Sweep();
        return watches.Has(conversation);
    }

    private static async Task PostAsync(TestServer server, string path, string body)
    {
        using var answer = await server.Http.PostAsync(path,
            new StringContent(body, Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
    }
}

public sealed class SqlitePresenceTests(PresencePair pair) : PresenceSpec(pair)
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresPresenceTests(PresencePair pair) : PresenceSpec(pair)
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
