using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresTaskStoreTests : TaskStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresTaskUpkeepTests : TaskUpkeepSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
