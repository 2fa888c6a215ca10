using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresConversationListTests : ConversationListSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
