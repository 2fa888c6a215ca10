using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Postgres;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Persistence;

/// <summary>What one commit asks the database: no more than before, where no message is changed.</summary>
public sealed class AmendmentBatchTests
{
    [Fact]
    public void A_batch_without_changes_of_messages_asks_what_it_always_did()
    {
        Assert.Equal([PostgresSql.Lock, PostgresTextSql.Append], CommitStatements.Of(Send()));
        Assert.Equal([PostgresSql.Lock, PostgresTextSql.AppendOnce], CommitStatements.Of(Send("key"), Send()));
        Assert.Equal([PostgresSql.Lock, PostgresSql.AppendSlowly],
            CommitStatements.Of(Send() with { SlowSeconds = 1 }));
    }

    [Fact]
    public void An_edit_is_decided_and_stored_in_one_statement_and_a_deletion_erases_in_the_same_round_trip()
    {
        Assert.Equal([ReactionSql.LockMessages, PostgresSql.Lock, PostgresSql.Amend, PostgresThreadSql.Move],
            CommitStatements.Of(
                Send(), Of(EntryContent.MessageEdited(1, new CheckedMessage("text", new SendOptions())))));
        Assert.Equal(
            [ReactionSql.LockMessages, PostgresSql.Lock, PostgresSql.Amend, AmendmentSql.EraseMessage,
                AmendmentSql.EraseEdits, AmendmentSql.EraseTask, ReactionSql.Drop, PostgresThreadSql.Move],
            CommitStatements.Of(Of(EntryContent.MessageDeleted(1)), Send("key")));
    }

    // CH-254
    [Fact]
    public void However_many_reactions_a_batch_has_they_are_one_statement_in_the_same_round_trip()
    {
        Draft React(int user) => Of(EntryContent.ReactionsChanged(user % 7)) with
        {
            SenderId = UserId.Parse($"u{user}"), Reaction = new ReactionMove(["👍"], TimeSpan.FromMilliseconds(250)),
        };
        Assert.Equal([ReactionSql.LockMessages, PostgresSql.Lock, ReactionSql.Set],
            CommitStatements.Of([.. Enumerable.Range(0, 500).Select(React)]));
        Assert.Equal([ReactionSql.LockMessages, PostgresSql.Lock, ReactionSql.Set, PostgresSql.Append],
            CommitStatements.Of([React(1), Send(), React(2)]));
    }

    private static Draft Send(string? key = null) => Of(EntryContent.Message(
        new CheckedMessage("text", new SendOptions { DedupeKey = key })));

    private static Draft Of(EntryContent content) =>
        new(MessageId.New(Drafts.Noon), ConversationId.Lobby, UserId.Parse("ann"), content);
}
