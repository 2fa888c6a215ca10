using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteMessageStoreTests : MessageStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteMessageStoreOnceTests : MessageStoreOnceSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
