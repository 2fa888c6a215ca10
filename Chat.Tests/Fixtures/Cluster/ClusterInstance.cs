using System.Globalization;

namespace Chat.Tests.Fixtures.Cluster;

/// <summary>One instance of a cluster: a process that can be ended and started again at the same address, and the ways
/// to and from it.</summary>
internal sealed class ClusterInstance : IAsyncDisposable
{
    private readonly ClusterOptions _options;
    private readonly (string Name, string Value)[] _environment;
    private readonly int _port = FreePort.Next();
    private ServerProcess? _process;

    public ClusterInstance(ClusterOptions options, int postgresPort, string connectionString, int? redisPort)
    {
        _options = options;
        ToPostgres = new FaultProxy(postgresPort);
        ToRedis = redisPort is { } port ? new FaultProxy(port) : null;
        FromClients = new FaultProxy(_port);
        var database = connectionString.Replace(string.Create(CultureInfo.InvariantCulture, $"Port={postgresPort};"),
            string.Create(CultureInfo.InvariantCulture, $"Port={ToPostgres.Port};"), StringComparison.Ordinal);
        // Killed and cut off all the time, so what they had is taken over and tried again soon.
        var own = new List<(string, string)>
        {
            ("ConnectionStrings__Chat", database), ("Chat__Tasks__LeaseSeconds", "2"),
            ("Chat__Tasks__RetryMilliseconds", "100"), ("Chat__Tasks__RetryMaxSeconds", "1"),
        };
        if (ToRedis is not null)
            own.Add(("REDIS_URL", string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{ToRedis.Port}")));
        _environment = [.. own, .. options.Environment];
    }

    /// <summary>Where clients reach it, whether it runs or not.</summary>
    public Uri Address => FromClients.Address;

    public FaultProxy FromClients { get; }

    public FaultProxy ToPostgres { get; }

    /// <summary>Null when the cluster has no Redis.</summary>
    public FaultProxy? ToRedis { get; }

    /// <summary>Where operators reach the process, past the proxy.</summary>
    public Uri OperatorsUrl => Process.OperatorsUrl;

    /// <summary>What the process printed, and those before it.</summary>
    public string Output => Earlier + _process?.Output;

    private string Earlier { get; set; } = "";

    /// <summary>Starts the process; ends when it listens.</summary>
    public async Task StartAsync() =>
        _process = await ServerProcess.ServeAtAsync(
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"), _options.ServerFolder,
            _environment);

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        await Process.SignalAsync("KILL");
        await EndAsync();
    }

    /// <summary>Asks it to stop and waits for it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await Process.SignalAsync("TERM");
        return await EndAsync();
    }

    /// <summary>It does nothing at all until <see cref="ResumeAsync"/>; its connections stay.</summary>
    public Task PauseAsync() => Process.SignalAsync("STOP");

    public Task ResumeAsync() => Process.SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        await FromClients.DisposeAsync();
        await ToPostgres.DisposeAsync();
        if (ToRedis is not null) await ToRedis.DisposeAsync();
    }

    private ServerProcess Process => _process ?? throw new InvalidOperationException("the instance does not run");

    private async Task<int> EndAsync()
    {
        var process = Process;
        var code = await process.ExitAsync();
        Earlier += process.Output + "\n";
        _process = null;
        await process.DisposeAsync();
        return code;
    }
}
