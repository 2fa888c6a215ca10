using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Transports;

public sealed class SqliteSignalRTests(ServerFixture fixture) : ConversationSpec(fixture), IClassFixture<ServerFixture>
{
    internal override ChatTransport Transport => ChatTransport.SignalR;

    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresSignalRTests(ServerFixture fixture)
    : ConversationSpec(fixture), IClassFixture<ServerFixture>
{
    internal override ChatTransport Transport => ChatTransport.SignalR;

    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

public sealed class SqliteMessagePackTests(ServerFixture fixture)
    : ConversationSpec(fixture), IClassFixture<ServerFixture>
{
    internal override ChatTransport Transport => ChatTransport.SignalR;

    internal override DatabaseKind Kind => DatabaseKind.Sqlite;

    internal override Task<ITestClient> OpenAsync(string user) => MessagePackTestClient.ConnectAsync(Server, user);
}

[RequiresPostgres]
public sealed class PostgresMessagePackTests(ServerFixture fixture)
    : ConversationSpec(fixture), IClassFixture<ServerFixture>
{
    internal override ChatTransport Transport => ChatTransport.SignalR;

    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    internal override Task<ITestClient> OpenAsync(string user) => MessagePackTestClient.ConnectAsync(Server, user);
}

public sealed class SqliteWebSocketTests(ServerFixture fixture)
    : ConversationSpec(fixture), IClassFixture<ServerFixture>
{
    internal override ChatTransport Transport => ChatTransport.WebSocket;

    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresWebSocketTests(ServerFixture fixture)
    : ConversationSpec(fixture), IClassFixture<ServerFixture>
{
    internal override ChatTransport Transport => ChatTransport.WebSocket;

    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

public sealed class SqliteLongPollTests(ServerFixture fixture) : TransportSpec(fixture), IClassFixture<ServerFixture>
{
    internal override ChatTransport Transport => ChatTransport.LongPoll;

    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresLongPollTests(ServerFixture fixture) : TransportSpec(fixture), IClassFixture<ServerFixture>
{
    internal override ChatTransport Transport => ChatTransport.LongPoll;

    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}

public sealed class TransportSpecTests
{
    [Fact]
    public void Every_transport_runs_the_specification_on_every_database()
    {
        foreach (var database in Enum.GetNames<DatabaseKind>())
            foreach (var transport in Enum.GetNames<ChatTransport>())
            {
                var tests = Type.GetType($"Chat.Tests.Specs.Transports.{database}{transport}Tests");
                Assert.True(tests is not null
                    && tests.IsSubclassOf(transport == nameof(ChatTransport.LongPoll)
                        ? typeof(TransportSpec)
                        : typeof(ConversationSpec)), $"{database} {transport}");
            }
    }
}
