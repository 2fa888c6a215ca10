using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Tasks;

public sealed class SqliteTaskQueueTests : TaskQueueSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresTaskQueueTests : TaskQueueSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
