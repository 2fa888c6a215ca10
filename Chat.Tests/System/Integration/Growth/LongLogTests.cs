using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;

namespace Chat.Tests.Integration.Growth;

/// <summary>What PostgreSQL reads and writes for the log, behind very many entries.</summary>
public sealed class LongLogTests : OnCountingPostgres
{
    private const int Many = 20_000;

    private ConversationId _conversation;

    private static CancellationToken None => CancellationToken.None;

    [PostgresFact]
    public async Task A_batch_reads_and_moves_each_conversation_once_and_writes_a_row_a_message()
    {
        const int batches = 20, messages = 32;
        await FillAsync();
        async Task CommitAsync()
        {
            for (var i = 0; i < batches; i++)
                await Stores.Messages.CommitAsync(
                    Drafts.Of(Enumerable.Range(0, messages).Select(_ => Drafts.Message(_conversation))), Drafts.Noon,
                    None);
        }

        // Locked, found for each of its rows, moved.
        Assert.InRange(await RowsReadAsync("conversations", CommitAsync), 1, batches * (messages + 2));
        Assert.InRange(await RowsReadAsync("messages", CommitAsync), 0, batches);
        Assert.Equal(batches, await CountAsync(TableCounter("conversations", "n_tup_upd"), CommitAsync));
        Assert.Equal(batches * messages, await CountAsync(TableCounter("messages", "n_tup_ins"), CommitAsync));
        Assert.Equal(0, await CountAsync(TableCounter("messages", "n_tup_upd"), CommitAsync));
    }

    /// <summary>After a lost connection, behind the lock of the conversation.</summary>
    [PostgresFact]
    public async Task What_became_of_drafts_is_not_looked_for_in_all_of_a_long_log()
    {
        await FillAsync();
        Draft[] drafts = Drafts.Of(Drafts.Message(_conversation), Drafts.Message(_conversation));
        await Stores.Messages.CommitAsync(drafts[..1], Drafts.Noon, None);
        var read = await RowsReadAsync("messages", async () =>
        {
            for (var i = 0; i < 10; i++) // so often that the session keeps one plan
            {
                var found = await Stores.Messages.ResolveAsync(drafts, None);
                Assert.Equal([true, false], found.Select(one => one is not null));
            }
        });
        Assert.InRange(read, 1, 1_000);
    }

    private static string TableCounter(string table, string column) =>
        $"(select {column} from pg_stat_user_tables where relname = '{table}')";

    /// <summary>A conversation with very many entries, all an hour old.</summary>
    private async Task FillAsync()
    {
        var created = Drafts.Created("ann", "bob");
        _conversation = created.ConversationId;
        await Stores.Conversations.CreateAsync(created with { CreatedAt = Drafts.Noon.AddHours(-2) },
            ConversationKind.Group, hasOwner: true, None);
        var at = $"timestamptz '{Drafts.Noon.AddHours(-1):O}'";
        await Database.ExecuteAsync(
            $"""
            insert into messages (conversation_id, sequence, kind, sender_id, message, created_at, message_id, msg_type)
            select '{_conversation.Value}', i, 0, 'ann', 'hello', {at} + i * interval '1 microsecond',
                   gen_random_uuid(), 0
              from generate_series(2, {Many}) i;
            update conversations set last_sequence = {Many}, last_entry_at = {at} + interval '1 minute'
             where id = '{_conversation.Value}'
            """);
        await Database.ExecuteAsync("vacuum analyze messages");
    }
}
