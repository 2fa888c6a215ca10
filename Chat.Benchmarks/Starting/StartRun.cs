using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Starting;

/// <summary>One run: starts published servers in turns, each on a new SQLite file, on that file once more, and on a
/// PostgreSQL with its tables.</summary>
internal sealed class StartRun(LoadOptions options, LoadReport report)
{
    private const string New = "new_sqlite", Sqlite = "sqlite", Postgres = "postgres";

    public async Task RunAsync()
    {
        var servers = Servers();
        await using var postgres = await PostgresServer.StartNewAsync(durable: true);
        var databases = new Dictionary<PublishedServer, string>();
        foreach (var server in servers)
        {
            databases[server] = await postgres.CreateDatabaseAsync();
            await RoundAsync(new PublishedServer("", server.Folder), databases[server]); // reads the files
        }
        for (var i = 0; i < options.Int("starts"); i++)
            foreach (var server in i % 2 == 0 ? servers : servers.AsEnumerable().Reverse())
                await RoundAsync(server, databases[server]);
        foreach (var server in servers)
        {
            await CountAsync(server, databases[server]);
            foreach (var name in server.Medians.Names) report.Add($"{server.Name}{name}", server.Medians[name]);
        }
    }

    private List<PublishedServer> Servers()
    {
        var folder = options.TextOrNull("server") ?? throw new UsageException("--server is required");
        var servers = new List<PublishedServer> { new("", folder) };
        if (options.TextOrNull("before") is { } before) servers.Add(new PublishedServer("before_", before));
        return servers;
    }

    private static async Task RoundAsync(PublishedServer server, string postgres)
    {
        using var folder = new WorkFolder();
        await server.MeasureAsync(New, folder.Path, null);
        await server.MeasureAsync(Sqlite, folder.Path, null);
        await server.MeasureAsync(Postgres, folder.Path, postgres);
    }

    private static async Task CountAsync(PublishedServer server, string postgres)
    {
        using var folder = new WorkFolder();
        await server.CountAsync(New, folder.Path, null);
        await server.CountAsync(Sqlite, folder.Path, null);
        await server.CountAsync(Postgres, folder.Path, postgres);
    }
}
