using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteTransferTests : TransferSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;

    internal override DatabaseKind Into => DatabaseKind.Sqlite;
}
