using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresConversationStoreTests : ConversationStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
