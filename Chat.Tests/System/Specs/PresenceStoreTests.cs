using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresPresenceStoreTests : PresenceStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
