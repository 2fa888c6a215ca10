using Chat.Server.Persistence;

namespace Chat.Tests.Specs;

public sealed class SqliteWebhookHealthTests : WebhookHealthSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}
