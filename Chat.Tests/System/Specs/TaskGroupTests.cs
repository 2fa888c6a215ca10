using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresTaskGroupTests : TaskGroupSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
