using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Postgres;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Unit.Persistence;

/// <summary>What a commit on PostgreSQL asks of the database: what a message does not have costs no
/// statement.</summary>
public sealed class AppendStatementTests
{
    private static readonly ConversationId Conversation = ConversationId.New(Drafts.Noon);

    // CH-240
    [Fact]
    public void Plain_messages_are_stored_by_two_statements()
    {
        var statements = StatementsOf(new SendOptions(), new SendOptions { AttachmentUrl = "u" });

        statements.Should().Equal(PostgresSql.Lock, PostgresSql.Append);
    }

    // CH-240
    [Fact]
    public void What_texts_alone_do_not_have_is_not_sent()
    {
        StatementsOf(new SendOptions(), new SendOptions()).Should().Equal(PostgresSql.Lock, PostgresTextSql.Append);
        StatementsOf(new SendOptions { DedupeKey = "k" }, new SendOptions())
            .Should().Equal(PostgresSql.Lock, PostgresTextSql.AppendOnce);
        StatementsOf(new SendOptions { MsgType = MessageType.Image })
            .Should().Equal(PostgresSql.Lock, PostgresSql.Append);
    }

    // CH-245
    [Fact]
    public void Replies_and_mentions_bring_one_more_statement() =>
        StatementsOf(new() { Thread = 1 }, new() { Mentions = new() { Users = [UserId.Parse("bob")] } }, new())
            .Should().Equal(PostgresSql.Lock, PostgresSql.Append, PostgresThreadSql.Move);

    // CH-244
    [Fact]
    public void Who_mentions_everyone_is_looked_at_behind_the_lock() =>
        StatementsOf(new SendOptions { Mentions = new() { Everyone = true } })
            .Should().Contain(PostgresMembershipSql.CheckRights);

    private static List<string> StatementsOf(params SendOptions[] messages) =>
        CommitStatements.Of([.. messages.Select(ToDraft)]);

    private static Draft ToDraft(SendOptions options)
    {
        MessageRules.Check("text", options, out var message).Should().BeNull();
        return new Draft(MessageId.New(Drafts.Noon), Conversation, UserId.Parse("ann"), EntryContent.Message(message))
        {
            RightsAsOf = options.Mentions is { Everyone: true } ? 1 : null,
        };
    }
}
