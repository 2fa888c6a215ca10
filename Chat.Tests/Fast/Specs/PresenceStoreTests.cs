using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqlitePresenceStoreTests : PresenceStoreSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
