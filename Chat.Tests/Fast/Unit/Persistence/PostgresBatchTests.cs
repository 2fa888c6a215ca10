using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Postgres;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Persistence;

/// <summary>How many statements a commit has: those of plain messages are few, whatever rights there are.</summary>
public sealed class PostgresBatchTests
{
    [Fact]
    public void Plain_messages_are_two_statements_however_many_they_are()
    {
        var drafts = Enumerable.Range(0, 100).Select(_ => Plain()).ToArray();
        Assert.Equal([PostgresSql.Lock, PostgresTextSql.Append], CommitStatements.Of(known: null, drafts));
        drafts[7] = Plain("k");
        Assert.Equal([PostgresSql.Lock, PostgresTextSql.AppendOnce], CommitStatements.Of(known: null, drafts));
    }

    [Fact]
    public void With_tokens_there_is_one_more_for_the_revocations() =>
        Assert.Equal([PostgresSql.Lock, PostgresSql.CheckRevocations, PostgresTextSql.Append],
            CommitStatements.Of(known: 7, Plain()));

    [Fact]
    public void Only_what_changes_rights_asks_for_them()
    {
        var mute = EntryContent.RoleChanged(UserId.Parse("ben"), ParticipantRole.Readonly);
        var change = new Draft(MessageId.New(Drafts.Noon), ConversationId.Lobby, UserId.Parse("ann"), mute)
        {
            RightsAsOf = 3,
        };
        Assert.Equal(
            [PostgresSql.Lock, PostgresRightsLock.Take, PostgresMembershipSql.CheckRights, PostgresSql.Append,
                PostgresMembershipSql.SetRole, PostgresMembershipSql.Require],
            CommitStatements.Of(known: null, change));
    }

    private static Draft Plain(string? key = null) =>
        Drafts.Of(Drafts.Message(ConversationId.Lobby, dedupeKey: key))[0];
}
