using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresTenantTests : TenantSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
