using System.Net;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Generations;

/// <summary>A database that requires a newer version than the one that runs. CH-134.</summary>
public sealed class LevelTests
{
    private const int Own = Deployment.Level, Above = Own + 1;

    [Fact]
    public Task A_server_below_the_level_drains_on_SQLite() => DrainsAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task A_server_below_the_level_drains_on_PostgreSQL() => DrainsAsync(DatabaseKind.Postgres);

    [Fact]
    public async Task One_that_starts_below_it_is_not_ready_and_serves_nobody_from_the_first_request_on()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await database.ExecuteAsync($"update deployment set requires = {Above}");
        // Its drain takes its time, and is no part of this.
        await using var server = await TestServer.StartAsync(database.Settings, ("Chat:Server:DrainDelaySeconds", "5"));
        Assert.Contains($"requires level {Above}, this version has {Own}", await NotReadyAsync(server));
        using var refused = await server.Http.PostAsync("/hubs/chat/negotiate?user_id=ann", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        using var asked = await server.Http.GetAsync("/api/v1/me?user_id=ann");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, asked.StatusCode);
    }

    private static async Task DrainsAsync(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await TestServer.StartAsync(
            database.Settings, ("Chat:FanOut:HeadCheckMilliseconds", "200"), ("Chat:Server:DrainSeconds", "1"));
        await using var raw = await server.ConnectRawAsync("ann", "reconnect");
        using (var ready = await server.Http.GetAsync("/health/ready"))
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        await database.ExecuteAsync($"update deployment set requires = {Above}");

        await raw.UntilAsync("reconnect");
        Assert.Equal(1012, await raw.Ended.WaitAsync(Bounds.Wait));
        Assert.Contains($"requires level {Above}, this version has {Own}", await NotReadyAsync(server));
        Assert.Contains($"requires a server of level {Above}", server.TakeErrors());
    }

    private static async Task<string> NotReadyAsync(TestServer server)
    {
        using var answer = await server.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
