using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class SqliteToPostgresTransferTests : TransferSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;

    internal override DatabaseKind Into => DatabaseKind.Postgres;
}

[RequiresPostgres]
public sealed class PostgresToSqliteTransferTests : TransferSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    internal override DatabaseKind Into => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresTransferTests : TransferSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    internal override DatabaseKind Into => DatabaseKind.Postgres;
}
