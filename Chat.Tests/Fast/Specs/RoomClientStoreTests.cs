using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteRoomClientStoreTests : RoomClientStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
