using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>
/// A Redis server of the tests' own, on a free port and in a temporary folder. It keeps nothing on disk.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string FolderPrefix = "chat-tests-redis-";
    private static readonly Lazy<Task<RedisServer>> SharedServer = new(StartSharedAsync);
    private static int _servers;

    private readonly string _folder;
    private readonly string _password;
    private readonly string[] _options;
    private Process? _process;

    private RedisServer(string folder, int port, string password, string[] options) =>
        (_folder, Port, _password, _options) = (folder, port, password, options);

    public int Port { get; }

    private bool IsSentinel { get; init; }

    private string SentinelFile => Path.Combine(_folder, "sentinel.conf");

    public string Url => _password.Length > 0 ? $"redis://:{_password}@127.0.0.1:{Port}" : $"redis://127.0.0.1:{Port}";

    /// <summary>
    /// The server that the tests of this assembly share. One that stops or counts what its server does starts its
    /// own.
    /// </summary>
    public static Task<RedisServer> SharedAsync() => SharedServer.Value;

    public static Task<RedisServer> StartNewAsync() => StartNewAsync("");

    /// <param name="password">Of the default user; empty for none.</param>
    /// <param name="options">Further options, as on the command line of redis-server.</param>
    public static async Task<RedisServer> StartNewAsync(string password, params string[] options)
    {
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{FolderPrefix}{Environment.ProcessId}-{Interlocked.Increment(ref _servers)}");
        var server = new RedisServer(Path.Combine(Path.GetTempPath(), name), FreePort.Next(), password, options);
        Directory.CreateDirectory(server._folder);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>
    /// A sentinel that watches the server at the port under the name <c>chat</c>; two must agree that it is down.
    /// </summary>
    public static async Task<RedisServer> StartSentinelAsync(int watched, TimeSpan downAfter)
    {
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{FolderPrefix}{Environment.ProcessId}-{Interlocked.Increment(ref _servers)}");
        var sentinel = new RedisServer(Path.Combine(Path.GetTempPath(), name), FreePort.Next(), "", [])
        {
            IsSentinel = true
        };
        Directory.CreateDirectory(sentinel._folder);
        await File.WriteAllTextAsync(
            sentinel.SentinelFile,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                port {sentinel.Port}
                bind 127.0.0.1
                dir {sentinel._folder}
                pidfile {Path.Combine(sentinel._folder, "pid")}
                sentinel monitor chat 127.0.0.1 {watched} 2
                sentinel down-after-milliseconds chat {downAfter.TotalMilliseconds:F0}
                sentinel failover-timeout chat 3000

                """));
        await sentinel.StartAgainAsync();
        return sentinel;
    }

    /// <summary>Starts on the same port, after <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null) throw new InvalidOperationException("Redis runs already");
        var start = new ProcessStartInfo(RequiredTools.RedisServer)
        {
            WorkingDirectory = _folder, RedirectStandardOutput = true
        };
        string[] arguments = IsSentinel ? [SentinelFile, "--sentinel"] :
        [
            _options.Contains("--tls-cert-file") ? "--tls-port" : "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no",
            "--dir", _folder, "--pidfile", Path.Combine(_folder, "pid"),
            .. _password.Length > 0 ? ["--requirepass", _password] : (string[])[],
            .. _options,
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new StringBuilder();
        _process = Process.Start(start) ?? throw new InvalidOperationException("redis-server does not start");
        _process.OutputDataReceived += (_, line) =>
        {
            output.AppendLine(line.Data);
            if (line.Data is null)
                ready.TrySetException(new InvalidOperationException($"redis-server ended: {output}"));
            else if (line.Data.Contains("Ready to accept connections", StringComparison.Ordinal)
                || line.Data.Contains("+monitor master", StringComparison.Ordinal))
                ready.TrySetResult();
        };
        _process.BeginOutputReadLine();
        await ready.Task.WaitAsync(Bounds.Wait);
    }

    /// <summary>Ends it as its operator would: its clients are told.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Ends it as a crash would.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>
    /// From now on it takes connections (the kernel does) and answers nothing, until <see cref="Resume"/>.
    /// </summary>
    public void Pause() => Signal("STOP");

    public void Resume() => Signal("CONT");

    /// <summary>What redis-cli prints for a command.</summary>
    public Task<string> AskAsync(params string[] command) => ProcessRunner.RunAsync(
        RequiredTools.FindOnPath("redis-cli") ?? throw new InvalidOperationException("PATH has no redis-cli"),
        ["-p", Port.ToString(CultureInfo.InvariantCulture),
            .. _password.Length > 0 ? ["--no-auth-warning", "-a", _password] : (string[])[], .. command]);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
        Directory.Delete(_folder, true);
    }

    private async Task EndAsync(string signal)
    {
        if (_process is not { } process) return;
        Signal(signal);
        await process.WaitForExitAsync().WaitAsync(Bounds.Wait);
        process.Dispose();
        _process = null;
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("/bin/sh",
            ["-c", $"kill -{signal} {_process?.Id ?? throw new InvalidOperationException("Redis does not run")}"]);
        kill.WaitForExit();
    }

    private static async Task<RedisServer> StartSharedAsync()
    {
        Sweep();
        var server = await StartNewAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server._process?.Kill();
            Directory.Delete(server._folder, true);
        };
        return server;
    }

    /// <summary>Ends the servers of test hosts that were killed before they could.</summary>
    private static void Sweep()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            var host = Path.GetFileName(folder)[FolderPrefix.Length..].Split('-')[0];
            if (Directory.Exists($"/proc/{host}")) continue;
            var pid = Path.Combine(folder, "pid");
            try
            {
                if (File.Exists(pid) && int.TryParse(File.ReadAllText(pid), CultureInfo.InvariantCulture, out var id))
                {
                    using var left = Process.GetProcessById(id);
                    if (left.ProcessName == "redis-server") left.Kill();
                }
                Directory.Delete(folder, true);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or DirectoryNotFoundException)
            {
                // It ended by itself, or another test host sweeps too.
            }
        }
    }
}
