using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteTenantTests : TenantSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
