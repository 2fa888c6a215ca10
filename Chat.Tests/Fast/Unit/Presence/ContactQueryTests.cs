using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Presence.Store;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Unit.Presence;

/// <summary>What SQLite does to find contacts, in the steps of its virtual machine.</summary>
public sealed class ContactQueryTests
{
    // CH-73
    [Fact]
    public async Task Contacts_cost_what_is_wanted_and_not_who_takes_part()
    {
        var (few, many) = (await StepsAsync(members: 1_000), await StepsAsync(members: 50_000));
        Assert.InRange(many, 1, few + few / 2);
    }

    /// <summary>Of a hundred contacts in a conversation with so many members.</summary>
    private static async Task<int> StepsAsync(int members)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var conversation = Drafts.Created("ann", "bob");
        await using (var stores = new StoreHost(database.Settings))
            await stores.Conversations.CreateAsync(conversation, ConversationKind.Group, hasOwner: true, default);
        await database.ExecuteAsync(
            $"""
            with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < {members})
            insert into participants (conversation_id, user_id, role, joined_at)
            select conversation_id, 'user' || i, 0, joined_at from participants, numbers where user_id = 'ann'
            """);
        await using var connection = new SqliteConnection(database.Settings.ConnectionString);
        await connection.OpenAsync();
        var query = ContactQuery.Of(DatabaseKind.Sqlite, UserId.Parse("ann").Key(), 100);
        await using var command = connection.CreateCommand();
        for (var i = 0; i < query.ArgumentCount; i++) command.Parameters.AddWithValue($"$p{i}", query.GetArgument(i));
        command.CommandText = string.Format(null, query.Format,
            [.. Enumerable.Range(0, query.ArgumentCount).Select(i => $"$p{i}")]);
        var steps = 0;
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle!, 1, _ =>
        {
            steps++;
            return 0;
        }, null);
        var found = 0;
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) found++;
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle!, 0, null, null);
        Assert.Equal(100, found);
        return steps;
    }
}
