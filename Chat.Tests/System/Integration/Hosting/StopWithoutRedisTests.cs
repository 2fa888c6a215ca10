using Chat.Server.Persistence;

namespace Chat.Tests.Integration.Hosting;

/// <summary>A server that stops before Redis has answered for the first time.</summary>
public sealed class StopWithoutRedisTests
{
    [Fact]
    public async Task That_nothing_came_of_the_connection_is_no_error()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        // Until a sentinel has named the server there is not even a connection that is down.
        await using var server = await TestServer.StartAsync(database.Settings,
            ("ConnectionStrings:Redis", $"127.0.0.1:{FreePort.Next()},serviceName=chat"));
        await server.DisposeAsync();
        var errors = server.TakeErrors();
        Assert.True(errors.Length == 0, errors);
    }
}
