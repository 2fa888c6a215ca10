using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresRoomClientStoreTests : RoomClientStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
