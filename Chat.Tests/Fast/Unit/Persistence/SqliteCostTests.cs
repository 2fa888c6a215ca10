using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Sqlite;
using Chat.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Tests.Unit.Persistence;

/// <summary>What SQLite does for the log, in statements and in the steps of its virtual machine.</summary>
public sealed class SqliteCostTests : IAsyncLifetime
{
    private const int Short = 1_000, Long = 20_000;

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_commit_is_a_statement_a_message_and_two_a_conversation_between_begin_and_commit()
    {
        const int messages = 64;
        var (a, b) = (await MakeAsync(Short), await MakeAsync(Short));
        using var writer = NewWriter();
        Draft[] drafts = Drafts.Of(Enumerable.Range(0, messages).Select(i => Drafts.Message(i % 2 == 0 ? a : b)));
        writer.Messages.Commit(drafts, Drafts.Noon); // prepares
        var run = new List<string>();
        raw.sqlite3_trace(writer.Connection.Handle!, (strdelegate_trace)((_, sql) => run.Add(sql)), null);
        writer.Messages.Commit(drafts, Drafts.Noon);
        raw.sqlite3_trace(writer.Connection.Handle!, (strdelegate_trace?)null, null);
        Assert.True(run.Count == messages + 2 * 2 + 2,
            $"{run.Count} statements store {messages} messages: {string.Join('\n', run.Distinct())}");
    }

    /// <summary>After a crash of the commit; the one who writes waits for it.</summary>
    [Fact]
    public async Task What_became_of_a_draft_is_not_looked_for_in_all_of_a_long_log()
    {
        Assert.InRange(await StepsAsync(Long), 1, 2 * await StepsAsync(Short));

        async Task<int> StepsAsync(int entries)
        {
            var conversation = await MakeAsync(entries);
            using var writer = NewWriter();
            Draft[] drafts = Drafts.Of(Drafts.Message(conversation), Drafts.Message(conversation));
            writer.Messages.Commit(drafts[..1], Drafts.Noon);
            return Steps(writer, () =>
                Assert.Equal([true, false], writer.Messages.Find(drafts).Select(found => found is not null)));
        }
    }

    [Fact]
    public async Task The_versions_of_a_message_are_not_looked_for_in_all_that_came_after_it()
    {
        Assert.InRange(await StepsAsync(Long), 1, 2 * await StepsAsync(Short));

        async Task<int> StepsAsync(int entries)
        {
            var conversation = await MakeAsync(entries);
            using (var writer = NewWriter())
                writer.Messages.Commit(Drafts.Of(Drafts.Edited(conversation, 2, "edited")), Drafts.Noon);
            using var reader = new SqliteReader(_database.Settings.ConnectionString, new PersistenceOptions());
            return Steps(reader, () => Assert.Equal([2L, entries + 1],
                reader.Versions.Read(conversation, 2, 0, long.MaxValue, new PageLimit(10, 100_000))
                    .Select(version => version.Sequence)));
        }
    }

    private static int Steps(SqliteSession session, Action work)
    {
        var steps = 0;
        raw.sqlite3_progress_handler(session.Connection.Handle!, 1, _ =>
        {
            steps++;
            return 0;
        }, null);
        work();
        raw.sqlite3_progress_handler(session.Connection.Handle!, 0, null, null);
        return steps;
    }

    private SqliteWriter NewWriter() => new(_database.Settings.ConnectionString, new PersistenceOptions());

    /// <summary>A conversation with so many entries, all an hour old.</summary>
    private async Task<ConversationId> MakeAsync(int entries)
    {
        var created = Drafts.Created("ann", "bob");
        created = created with { CreatedAt = Drafts.Noon.AddHours(-2) };
        await using (var stores = new StoreHost(_database.Settings))
            await stores.Conversations.CreateAsync(created, ConversationKind.Group, hasOwner: true, default);
        var at = Microseconds.ToUnix(Drafts.Noon.AddHours(-1));
        await _database.ExecuteAsync(
            $"""
            with recursive s(i) as (select 2 union all select i + 1 from s where i < {entries})
            insert into messages (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type)
            select id, i, 0, 'ann', 'hello', {at} + i, randomblob(16), 0 from conversations, s
             where id = {_database.Literal(created.ConversationId)};
            update conversations set last_sequence = {entries}, last_entry_at = {at} + {entries}
             where id = {_database.Literal(created.ConversationId)}
            """);
        return created.ConversationId;
    }
}
