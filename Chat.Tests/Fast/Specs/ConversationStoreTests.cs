using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteConversationStoreTests : ConversationStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
