using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs;

[RequiresPostgres]
public sealed class PostgresWebhookHealthTests : WebhookHealthSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
