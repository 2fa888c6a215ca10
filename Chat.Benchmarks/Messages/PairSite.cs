using Chat.Benchmarks.Queue;
using Chat.ClientSdk;
using Npgsql;
using LoadProcess = Chat.Benchmarks.Load.ServerProcess;
using ServerProcess = Chat.Tests.Fixtures.Servers.ServerProcess;

namespace Chat.Benchmarks.Messages;

/// <summary>Two servers as processes of their own, on a PostgreSQL and a Redis of this run; the database syncs as
/// in production.</summary>
internal sealed class PairSite : IAsyncDisposable
{
    private readonly PostgresServer _postgres;
    private readonly RedisServer _redis;
    private readonly ServerProcess[] _servers;
    private readonly NpgsqlDataSource _database;

    private PairSite(PostgresServer postgres, RedisServer redis, string database, ServerProcess[] servers) =>
        (_postgres, _redis, _database, _servers) = (postgres, redis, NpgsqlDataSource.Create(database), servers);

    public Uri[] Urls => [.. _servers.Select(server => server.Url)];

    /// <param name="folder">Of a published server; null: the one that was built with this program.</param>
    public static async Task<PairSite> StartAsync(string? folder)
    {
        var postgres = await PostgresServer.StartNewAsync(durable: true);
        var redis = await RedisServer.StartNewAsync();
        var database = await postgres.CreateDatabaseAsync();
        Task<ServerProcess> StartAsync() => ServerProcess.ServeAtAsync("http://127.0.0.1:0", folder,
            [("ConnectionStrings__Chat", database), ("ConnectionStrings__Redis", redis.Url)]);
        return new PairSite(postgres, redis, database, [await StartAsync(), await StartAsync()]);
    }

    public Task<ChatHubConnection> ConnectAsync(string user) => ServerSite.ConnectAsync(Urls[0], user);

    /// <summary>The rows of a query, the first column and the second.</summary>
    public async Task<Dictionary<string, long>> QueryAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<string, long>();
        while (await rows.ReadAsync()) found.Add(rows.GetString(0), rows.GetInt64(1));
        return found;
    }

    /// <summary>Seconds of processor that the servers, the database and this process have used.</summary>
    public async Task<(double Servers, double Database, double Generator)> CpuAsync() =>
    (
        _servers.Sum(server => new LoadProcess(server.Id).CpuSeconds),
        (await QueryAsync("select pid::text, pid from pg_stat_activity")).Values
            .Sum(pid => new LoadProcess((int)pid).CpuSeconds),
        Environment.CpuUsage.TotalTime.TotalSeconds
    );

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        await _database.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
