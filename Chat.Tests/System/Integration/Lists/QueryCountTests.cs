using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Rights;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Tenants;

namespace Chat.Tests.Integration.Lists;

/// <summary>How often the database is asked for a page: of history, and of a list with all that is unread.</summary>
public abstract class QueryCountSpec : OnTenantHost
{
    private static readonly Caller Ann = UserId.Parse("ann").AsCaller(), Bob = UserId.Parse("bob").AsCaller();

    private static CancellationToken None => CancellationToken.None;

    // CH-231, CH-232
    [SpecFact]
    public async Task The_number_of_queries_depends_on_no_number_of_messages_or_conversations()
    {
        var chat = Host.Get<ChatService>();
        var (few, many) = (await QueriesAsync(conversations: 1, messages: 2), await QueriesAsync(20, 30));
        // The list, with the lobby and what is unread; the page, and whether it may be read.
        foreach (var (list, page) in new[] { few, many })
        {
            Assert.True(Count(list) == 1, list);
            Assert.True(Count(page) == 2, page);
        }

        async Task<(string List, string Page)> QueriesAsync(int conversations, int messages)
        {
            var id = ConversationId.Lobby;
            for (var i = 0; i < conversations; i++)
            {
                id = (await Host.Get<ConversationRights>().Creation.CreateAsync(
                    Ann, new CreateConversation { ParticipantIds = [Bob.Id] }, None)).Id;
                await Database.ExecuteAsync(InsertSql(id, messages));
            }
            await chat.AuthorizeReadAsync(Bob, id, None);
            var list = await Host.RunAsync(async _ => (await chat.ConversationsAsync(Bob, null, None)).Count);
            var page = await Host.RunAsync(async _ =>
                (await chat.HistoryAsync(Bob, id, new HistoryQuery { View = HistoryView.Main }, None)).Entries.Count);
            Assert.Equal($"{messages + 1}", page.Outcome);
            return (list.Statements, page.Statements);
        }
    }

    private string InsertSql(ConversationId id, int messages)
    {
        var (literal, uuid) =
            (Database.Literal(id), Kind == DatabaseKind.Sqlite ? "randomblob(16)" : "gen_random_uuid()");
        return string.Join(";\n", Enumerable.Range(2, messages).Select(sequence =>
            $"""
            insert into messages (conversation_id, sequence, created_at, kind, sender_id, message, message_id, msg_type)
            select id, {sequence}, last_entry_at, 0, 'ann', 'hello', {uuid}, 0 from conversations where id = {literal}
            """).Append($"update conversations set last_sequence = {messages + 1} where id = {literal}"));
    }

    /// <summary>A statement begins at the beginning of a line; a call of a store is one word.</summary>
    private static int Count(string statements) => statements.Split('\n').Count(line =>
        line.StartsWith("SELECT", StringComparison.Ordinal) || line.EndsWith("Async", StringComparison.Ordinal));
}

public sealed class SqliteQueryCountTests : QueryCountSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresQueryCountTests : QueryCountSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
