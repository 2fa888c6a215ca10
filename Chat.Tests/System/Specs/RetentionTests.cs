using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresRetentionTests : RetentionSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
