namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>Starts Redis and a server, and takes Redis away again and again: how soon the server's readiness says so,
/// and how soon after Redis' return it says that messages come through.</summary>
internal sealed class RedisOutage : IScenario
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5), Calm = TimeSpan.FromSeconds(2);

    private RedisServer _redis = null!;
    private Chat.Tests.Fixtures.Servers.ServerProcess _server = null!;
    private HttpClient _http = null!;

    public string Name => "redis-outage";

    public string Summary =>
        "Redis is killed, and paused: when readiness says so, and when it is well again (starts both: no --url)";

    public IReadOnlyList<LoadOption> Options =>
    [
        new("rounds", "5", "how often each; the median and the longest count"),
        new("published", "", "folder of a published server, instead of the one built with this program"),
    ];

    public async Task PrepareAsync(LoadRun run, CancellationToken ct)
    {
        _redis = await RedisServer.StartNewAsync();
        _server = await Chat.Tests.Fixtures.Servers.ServerProcess.ServeAtAsync(
            "http://127.0.0.1:0", run.Options.TextOrNull("published"), ("REDIS_URL", _redis.Url));
        _http = new HttpClient { BaseAddress = _server.Url };
        await UntilAsync("ready", run, ct);
    }

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        await MeasureAsync(run, "killed", _redis.KillAsync, _redis.StartAgainAsync, ct);
        await MeasureAsync(run, "paused", () => Now(_redis.Pause), () => Now(_redis.Resume), ct);
    }

    public async Task CompleteAsync(LoadRun run, CancellationToken ct)
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private static Task Now(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private async Task MeasureAsync(
        LoadRun run, string how, Func<Task> take, Func<Task> giveBack, CancellationToken ct)
    {
        var (noticed, whole) = (new List<double>(), new List<double>());
        for (var i = 0; i < Math.Max(1, run.Options.Int("rounds")); i++)
        {
            await run.DelayAsync(Calm, ct);
            await take();
            noticed.Add(await UntilAsync("degraded", run, ct));
            await run.DelayAsync(Calm, ct);
            await giveBack(); // ends when Redis takes connections
            whole.Add(await UntilAsync("ready", run, ct));
        }
        Report($"{how}_noticed", noticed);
        Report($"{how}_whole_again", whole);

        void Report(string name, List<double> seconds)
        {
            seconds.Sort();
            run.Report.Add($"{name}_p50_s", seconds[seconds.Count / 2]);
            run.Report.Add($"{name}_max_s", seconds[^1]);
        }
    }

    /// <returns>After how many seconds readiness said so.</returns>
    private async Task<double> UntilAsync(string status, LoadRun run, CancellationToken ct)
    {
        var began = run.Time.GetTimestamp();
        while (!(await AskAsync(ct)).StartsWith($$"""{"status":"{{status}}""", StringComparison.Ordinal))
            await run.DelayAsync(Look, ct);
        return run.Time.GetElapsedTime(began).TotalSeconds;
    }

    private async Task<string> AskAsync(CancellationToken ct)
    {
        using var answer = await _http.GetAsync("/health/ready", ct);
        return await answer.Content.ReadAsStringAsync(ct);
    }
}
