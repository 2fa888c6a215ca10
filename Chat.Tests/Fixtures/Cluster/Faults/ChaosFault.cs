namespace Chat.Tests.Fixtures.Cluster.Faults;

/// <summary>One fault of a schedule.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Instance">To which instance; without meaning where it happens to all.</param>
/// <param name="Hold">How long it lasts before it is healed.</param>
internal sealed record ChaosFault(ChaosKind Kind, int Instance, TimeSpan Hold);

/// <summary>What is done together, after a pause in which all is well.</summary>
internal sealed record ChaosStep(TimeSpan Pause, IReadOnlyList<ChaosFault> Faults)
{
    public override string ToString() =>
        string.Join(" + ", Faults.Select(f => $"{ChaosKinds.NameOf(f.Kind)}({f.Instance}) {f.Hold.TotalSeconds:0.0}s"));
}

/// <summary>What can go wrong with a cluster.</summary>
internal enum ChaosKind
{
    KillInstance,
    RollingRestart,
    PauseInstance,
    StopRedis,
    KillRedis,
    PauseRedis,
    RestartPostgres,
    CrashPostgres,
    CutClients,
    CutPostgres,
    CutRedis,
    FreezeClients,
    FreezePostgres,
    FreezeRedis,
    DelayClients,
    DelayPostgres,
    DelayRedis,
    RefuseClients,
    RefusePostgres,
    RefuseRedis,
}

internal static class ChaosKinds
{
    /// <summary>As the summary spells it: <c>kill_instance</c>.</summary>
    public static string NameOf(
        ChaosKind kind) => string.Concat(kind.ToString()
            .Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
