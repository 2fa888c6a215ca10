using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteRetentionTests : RetentionSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
