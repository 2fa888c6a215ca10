using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;

namespace Chat.Benchmarks.Queue;

/// <summary>A server as a process of its own, on a PostgreSQL of this run that syncs as in production.</summary>
internal sealed class ServerSite : IAsyncDisposable
{
    private readonly PostgresServer _postgres;
    private readonly ServerProcess _server;

    private ServerSite(PostgresServer postgres, StoreHost stores, ServerProcess server) =>
        (_postgres, Stores, _server) = (postgres, stores, server);

    /// <summary>Its database, beside it.</summary>
    public StoreHost Stores { get; }

    public Uri Url => _server.Url;

    /// <param name="folder">Of a published server; null: the one that was built with this program.</param>
    /// <param name="environment">The server's settings.</param>
    public static async Task<ServerSite> StartAsync(string? folder, params (string Name, string Value)[] environment)
    {
        var postgres = await PostgresServer.StartNewAsync(durable: true);
        var database = await postgres.CreateDatabaseAsync();
        var server = await ServerProcess.ServeAtAsync("http://127.0.0.1:0", folder,
            [("ConnectionStrings__Chat", database), ("Chat__Limits__Factor", "0"), .. environment]);
        return new ServerSite(postgres, new StoreHost(new DatabaseSettings(DatabaseKind.Postgres, database)), server);
    }

    public Task<ChatHubConnection> ConnectAsync(string user) => ConnectAsync(Url, user);

    public static async Task<ChatHubConnection> ConnectAsync(Uri server, string user)
    {
        var hub = new ChatHubConnection(
            ChatClientOptions.ForServer(server) with { UserId = UserId.Parse(user), Reconnect = null });
        await hub.StartAsync();
        return hub;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Stores.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
