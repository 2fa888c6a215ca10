using System.Diagnostics;
using System.Globalization;
using Chat.Server.Persistence;
using Npgsql;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A PostgreSQL server of the tests' own, on a free port and in a temporary folder. It survives being killed,
/// but not a loss of power: that is what makes it fast.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string FolderPrefix = "chat-tests-pg-";
    private static readonly Lazy<Task<PostgresServer>> SharedServer = new(StartSharedAsync);
    private static int _servers;

    private readonly string _folder;
    private readonly SemaphoreSlim _template = new(1);
    private bool _hasTemplate;
    private int _databases;

    private readonly bool _durable;

    private PostgresServer(string folder, int port, bool durable) =>
        (_folder, Port, _durable) = (folder, port, durable);

    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>The server that the tests of this assembly share. One that stops its server starts its own.</summary>
    public static Task<PostgresServer> SharedAsync() => SharedServer.Value;

    /// <param name="durable">As in production: it survives a loss of power too.</param>
    public static async Task<PostgresServer> StartNewAsync(bool durable = false)
    {
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{FolderPrefix}{Environment.ProcessId}-{Interlocked.Increment(ref _servers)}");
        var server = new PostgresServer(Path.Combine(Path.GetTempPath(), name), FreePort.Next(), durable);
        Directory.CreateDirectory(server._folder);
        if (IsRoot) await ProcessRunner.RunAsync("chown", "postgres:postgres", server._folder);
        await RunAsync("initdb", "-D", server.Data, "--no-sync", "--auth=trust", "--locale=C.UTF-8",
            "--username=postgres");
        await server.StartAsync();
        return server;
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    public Task StartAsync()
    {
        var flags = $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c "
            + $"max_connections=300{(_durable ? "" : " -c fsync=off -c full_page_writes=off")}";
        return RunAsync("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", flags, "start");
    }

    /// <summary>Kills the server as a crash would; <see cref="StartAsync"/> brings it back with its data.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    /// <summary>Stops it as an operator restarts a server: sessions are ended, and nothing is left to
    /// recover.</summary>
    public Task StopFastAsync() => RunAsync("pg_ctl", "-D", Data, "-w", "-m", "fast", "stop");

    /// <summary>A new database with the current schema (or with nothing in it); returns its connection
    /// string.</summary>
    public async Task<string> CreateDatabaseAsync(bool migrated = true)
    {
        if (migrated) await EnsureTemplateAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync("postgres",
            $"create database {name} template {(migrated ? "chat_template" : "template0")} strategy file_copy");
        return ConnectionString(name);
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        // Making a database is two checkpoints, and waits for those of the tests beside.
        await using var connection = new NpgsqlConnection(
            ConnectionString(database) + ";Pooling=false;Timeout=60;Command Timeout=180");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, true);
    }

    private async Task EnsureTemplateAsync()
    {
        await _template.WaitAsync();
        try
        {
            if (_hasTemplate) return;
            await ExecuteAsync("postgres", "create database chat_template template template0");
            // Not pooled: a database that is connected to cannot be a template.
            var settings = new DatabaseSettings(DatabaseKind.Postgres,
                ConnectionString("chat_template") + ";Pooling=false");
            await using (var stores = new StoreHost(settings))
                await stores.Migrator.MigrateAsync(CancellationToken.None);
            _hasTemplate = true;
        }
        finally
        {
            _template.Release();
        }
    }

    private static async Task<PostgresServer> StartSharedAsync()
    {
        await SweepAsync();
        var server = await StartNewAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.EndLater();
        return server;
    }

    /// <summary>Leaves stopping to a process of its own: the test host does not wait for long when it exits.</summary>
    private void EndLater()
    {
        const string script = "pid=$(head -n 1 \"$1/data/postmaster.pid\") && kill -QUIT \"$pid\"; while kill -0 "
            + "\"$pid\" 2>/dev/null; do sleep 0.1; done; rm -rf \"$1\"";
        Process.Start("/bin/sh", ["-c", script, "sh", _folder]).Dispose();
    }

    /// <summary>Ends the servers of test hosts that were killed before they could.</summary>
    private static async Task SweepAsync()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            var host = Path.GetFileName(folder)[FolderPrefix.Length..].Split('-')[0];
            if (Directory.Exists($"/proc/{host}")) continue;
            var data = Path.Combine(folder, "data");
            try
            {
                if (File.Exists(Path.Combine(data, "postmaster.pid")))
                    await RunAsync("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop");
            }
            catch (InvalidOperationException)
            {
                // Its server died with it.
            }
            try
            {
                Directory.Delete(folder, true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // NOTE: another test host sweeps at this moment too.
            }
        }
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static Task<string> RunAsync(string tool, params string[] arguments)
    {
        var program = Path.Combine(RequiredTools.PostgresFolder, tool);
        return IsRoot
            ? ProcessRunner.RunAsync("setpriv",
                ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : ProcessRunner.RunAsync(program, arguments);
    }
}
