using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chat.Server.Persistence;
using Npgsql;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A real PgBouncer in front of a server of the tests', as an unprivileged process of its own.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private const string Nobody = "65534";

    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;
    private readonly Task<string> _log;

    private PgBouncer(Process process, string folder, int port)
    {
        (_process, _folder, _port) = (process, folder, port);
        _log = process.StandardError.ReadToEndAsync();
    }

    /// <param name="database">Where it leads.</param>
    /// <param name="mode">Its pool_mode.</param>
    public static async Task<PgBouncer> StartAsync(DatabaseSettings database, string mode)
    {
        var folder = Directory.CreateTempSubdirectory("chat-tests-pgbouncer-").FullName;
        var port = FreePort.Next();
        var target = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var file = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(file,
            $"""
            [databases]
            * = host={target.Host} port={target.Port} user={target.Username}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            default_pool_size = 40
            """);
        string[] arguments = [RequiredTools.PgBouncer, file];
        if (Environment.IsPrivilegedProcess)
        {
            await ProcessRunner.RunAsync("chown", "-R", $"{Nobody}:{Nobody}", folder);
            arguments = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", .. arguments];
        }
        var start = new ProcessStartInfo(arguments[0]) { WorkingDirectory = "/", RedirectStandardError = true };
        foreach (var argument in arguments.Skip(1)) start.ArgumentList.Add(argument);
        var bouncer = new PgBouncer(
            Process.Start(start) ?? throw new InvalidOperationException("PgBouncer does not start"), folder, port);
        await Eventually.HoldsAsync(bouncer.IsListeningAsync);
        return bouncer;
    }

    /// <summary>The same database, through it.</summary>
    public DatabaseSettings Behind(DatabaseSettings database) => database with
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = _port }
            .ConnectionString,
    };

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Bounds.Wait);
        await _log.WaitAsync(Bounds.Wait);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsListeningAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"PgBouncer ended: {await _log}");
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
