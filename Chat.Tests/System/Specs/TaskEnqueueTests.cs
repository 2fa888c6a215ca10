using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteTaskEnqueueTests : TaskEnqueueSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresTaskEnqueueTests : TaskEnqueueSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
