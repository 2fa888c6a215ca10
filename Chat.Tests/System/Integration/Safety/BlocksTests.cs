using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Safety;

public sealed class BlocksTests
{
    public sealed class OnSqlite(PairFixture pair) : BlocksSpec(pair)
    {
        internal override DatabaseKind Kind => DatabaseKind.Sqlite;
    }

    [RequiresPostgres]
    public sealed class OnPostgres(PairFixture pair) : BlocksSpec(pair)
    {
        internal override DatabaseKind Kind => DatabaseKind.Postgres;
    }

    // CH-213: the statement that stores a message looks, and signals end with what is remembered.
    [Fact]
    public async Task An_instance_that_is_told_nothing_stores_nothing_and_shows_nothing_after_what_it_remembers()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var first = await TestServer.StartAsync(
            database.Settings, new InProcessBus(), OnTwoServers.NoLimits);
        await using var second = await TestServer.StartAsync(database.Settings, new InProcessBus(),
            [.. OnTwoServers.NoLimits, ("Chat:Core:AccessCacheSeconds", "1")]);
        await using var ann = await first.ConnectHubAsync("ann");
        await using var bob = await second.ConnectHubAsync("bob");
        await using var annThere = await second.ConnectHubAsync("ann");
        var direct = (await ann.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("bob")], Kind = ConversationKind.Direct,
        })).Id;
        var group = (await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("bob")] })).Id;
        await bob.JoinAsync(group);
        await bob.GetPresenceAsync(group);
        await bob.SendAsync(direct, "his right is remembered now");
        var seen = new Inbox<bool>();
        using var listening = bob.OnPresence(change =>
        {
            if (change.UserId == UserId.Parse("ann")) seen.Add(change.Online);
        });

        await ann.BlockAsync(UserId.Parse("bob"));

        await Assert.ThrowsAsync<ChatRefusedException>(() => bob.SendAsync(direct, "no"));
        while (await seen.NextAsync()) { } // she goes, once the changes of other instances were looked for
        var other = (await bob.GetPresenceAsync(group)).Users.Single(user => user.UserId == UserId.Parse("ann"));
        Assert.False(other.Online);
    }
}
