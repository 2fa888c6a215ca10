using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Threads;

public sealed class SqliteThreadsTests(PairFixture pair) : ThreadsSpec(pair)
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresThreadsTests(PairFixture pair) : ThreadsSpec(pair)
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
