using System.Net;
using Chat.Server.Callers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Identity;

/// <summary>A deployment has one mode, whatever single servers are told.</summary>
// CH-165
public sealed class DeploymentModeTests
{
    [Fact]
    public Task A_server_with_tokens_ends_the_open_ones_beside_it() => EndsAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task A_server_with_tokens_ends_the_open_ones_beside_it_on_PostgreSQL() => EndsAsync(DatabaseKind.Postgres);

    private static async Task EndsAsync(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var open = await TestServer.StartAsync(database.Settings);
        await using var raw = await open.ConnectRawAsync("ann");
        var tokens = new TestTokens();
        await using var server = await TestServer.StartAsync(database.Settings, new InProcessBus(), tokens.Settings);
        var store = server.Services.GetRequiredService<IDeploymentStore>();
        var row = await store.ReadAsync(default);
        Assert.Equal((IdentityMode.Token, Deployment.LevelOfTokens), (row.Mode, row.Requires));

        await Eventually.HoldsAsync(async () =>
            (await open.Http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        foreach (var path in (string[])[
            "/api/v1/me?user_id=ann", "/api/messages?client_id=ann", "/hubs/chat?user_id=ann"])
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await open.Http.GetAsync(path)).StatusCode);
        await raw.Ended.WaitAsync(Bounds.Wait);
        (string, string) setting = ("ConnectionStrings__Chat", database.Settings.ConnectionString);
        await using (var refused = ServerProcess.Run(["--urls=http://127.0.0.1:0"], setting))
        {
            Assert.Equal(1, await refused.ExitAsync());
            Assert.StartsWith("the database is of a deployment with tokens, and this server is open: ",
                refused.Errors, StringComparison.Ordinal);
        }
        await using (var asked = ServerProcess.Run(["mode"], setting))
        {
            Assert.Equal(0, await asked.ExitAsync());
            Assert.EndsWith("the deployment's mode is Token", asked.Output, StringComparison.Ordinal);
        }

        // Back, by hand only: then it is the servers with tokens that have no business there.
        await using (var opened = ServerProcess.Run(["mode", "open"], setting))
        {
            Assert.Equal(0, await opened.ExitAsync());
            Assert.EndsWith("the deployment's mode is Open", opened.Output, StringComparison.Ordinal);
        }
        row = await store.ReadAsync(default);
        Assert.Equal((IdentityMode.Open, 0), (row.Mode, row.Requires));
        await Eventually.HoldsAsync(async () =>
            (await server.Http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        await using var again = await TestServer.StartAsync(database.Settings);
        Assert.Equal(HttpStatusCode.OK, (await again.Http.GetAsync("/api/v1/me?user_id=ann")).StatusCode);
    }
}
