using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteConversationListTests : ConversationListSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
