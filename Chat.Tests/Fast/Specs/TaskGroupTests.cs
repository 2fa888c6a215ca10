using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteTaskGroupTests : TaskGroupSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
