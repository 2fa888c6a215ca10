using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteTaskStoreTests : TaskStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class SqliteTaskUpkeepTests : TaskUpkeepSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
