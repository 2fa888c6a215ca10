namespace Chat.Tests.Fixtures.Cluster.Faults;

/// <summary>Does to a cluster what a schedule says. Every fault is healed when its call ends.</summary>
/// <param name="cluster">What suffers.</param>
/// <param name="stopWithin">How long an instance may take to end that got SIGTERM.</param>
/// <param name="time">The clock of the schedule.</param>
internal sealed class ChaosPlayer(ChatCluster cluster, TimeSpan stopWithin, TimeProvider time)
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(40);

    private readonly List<string> _problems = [];
    private readonly SortedDictionary<string, int> _played = new(StringComparer.Ordinal);

    /// <summary>What a fault itself showed to be wrong: an instance that did not stop as it should.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Faults by kind.</summary>
    public IReadOnlyDictionary<string, int> Played => _played;

    public async Task PlayAsync(ChaosStep step)
    {
        foreach (var fault in step.Faults)
            _played[ChaosKinds.NameOf(fault.Kind)] = _played.GetValueOrDefault(ChaosKinds.NameOf(fault.Kind)) + 1;
        await Task.WhenAll(step.Faults.Select(PlayAsync));
    }

    private Task PlayAsync(ChaosFault fault)
    {
        var instance = cluster[fault.Instance];
        var redis = cluster.Redis!;
        return fault.Kind switch
        {
            ChaosKind.KillInstance => AroundAsync(fault, instance.KillAsync, instance.StartAsync),
            ChaosKind.RollingRestart => RollAsync(),
            ChaosKind.PauseInstance => AroundAsync(fault, instance.PauseAsync, instance.ResumeAsync),
            ChaosKind.StopRedis => AroundAsync(fault, redis.StopAsync, redis.StartAgainAsync),
            ChaosKind.KillRedis => AroundAsync(fault, redis.KillAsync, redis.StartAgainAsync),
            ChaosKind.PauseRedis => AroundAsync(fault, Now(redis.Pause), Now(redis.Resume)),
            ChaosKind.RestartPostgres =>
                AroundAsync(fault, cluster.Postgres.StopFastAsync, cluster.Postgres.StartAsync),
            ChaosKind.CrashPostgres => AroundAsync(fault, cluster.Postgres.StopAsync, cluster.Postgres.StartAsync),
            _ => PlayAsync(fault, LinkOf(fault.Kind, instance)),
        };
    }

    private Task PlayAsync(ChaosFault fault, FaultProxy link) => fault.Kind switch
    {
        ChaosKind.CutClients or ChaosKind.CutPostgres or ChaosKind.CutRedis =>
            AroundAsync(fault, Now(() => link.Cut()), Now(() => { })),
        ChaosKind.FreezeClients or ChaosKind.FreezePostgres or ChaosKind.FreezeRedis =>
            AroundAsync(fault, Now(link.Freeze), Now(link.Thaw)),
        ChaosKind.DelayClients or ChaosKind.DelayPostgres or ChaosKind.DelayRedis =>
            AroundAsync(fault, Now(() => link.Delay = Late), Now(() => link.Delay = TimeSpan.Zero)),
        _ => AroundAsync(fault, Now(() => Partition(link)), Now(link.Accept)),
    };

    private async Task AroundAsync(ChaosFault fault, Func<Task> begin, Func<Task> heal)
    {
        await begin();
        await Task.Delay(fault.Hold, time, CancellationToken.None);
        await heal();
    }

    /// <summary>One instance after the other, as an upgrade does it.</summary>
    private async Task RollAsync()
    {
        foreach (var instance in cluster.Instances)
        {
            var started = time.GetTimestamp();
            var code = await instance.StopAsync();
            var took = time.GetElapsedTime(started);
            if (code != 0) _problems.Add($"an instance that got SIGTERM ended with code {code} instead of 0");
            if (took > stopWithin)
                _problems.Add(
                    $"an instance that got SIGTERM took {took.TotalSeconds:0.0} s to end; {stopWithin.TotalSeconds:0} "
                        + $"s are allowed");
            await instance.StartAsync();
        }
    }

    private static void Partition(FaultProxy link)
    {
        link.Refuse();
        link.Cut();
    }

    private static FaultProxy LinkOf(ChaosKind kind, ClusterInstance instance) => kind switch
    {
        ChaosKind.CutClients or ChaosKind.FreezeClients or ChaosKind.DelayClients or ChaosKind.RefuseClients =>
            instance.FromClients,
        ChaosKind.CutPostgres or ChaosKind.FreezePostgres or ChaosKind.DelayPostgres or ChaosKind.RefusePostgres =>
            instance.ToPostgres,
        _ => instance.ToRedis!,
    };

    private static Func<Task> Now(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };
}
