using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Room;

public sealed class NoLobbyTests
{
    public sealed class OnSqlite : NoLobbySpec
    {
        internal override DatabaseKind Kind => DatabaseKind.Sqlite;
    }

    [RequiresPostgres]
    public sealed class OnPostgres : NoLobbySpec
    {
        internal override DatabaseKind Kind => DatabaseKind.Postgres;
    }
}
