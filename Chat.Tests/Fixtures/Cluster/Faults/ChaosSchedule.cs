namespace Chat.Tests.Fixtures.Cluster.Faults;

/// <summary>Which faults a run plays, and when. It depends on the seed, the time and the number of instances
/// alone.</summary>
internal static class ChaosSchedule
{
    // Every so many steps two faults at once.
    private const int PairEvery = 4;

    // of a typical fault: processes take that long to start
    private static readonly TimeSpan Overhead = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<ChaosStep> Make(int seed, TimeSpan time, int instances)
    {
        var random = new Random(seed);
        var bag = new Queue<ChaosKind>();
        var steps = new List<ChaosStep>();
        for (var at = TimeSpan.Zero; at < time;)
        {
            var faults = new List<ChaosFault> { Draw() };
            if (random.Next(PairEvery) == 0 && Draw() is var second && CanGoTogether(faults[0], second))
                faults.Add(second);
            var step = new ChaosStep(Between(0.2, Math.Min(2.5, time.TotalSeconds / 10)), faults);
            steps.Add(step);
            at += step.Pause + faults.Max(fault => fault.Hold) + Overhead;
        }
        return steps;

        ChaosFault Draw()
        {
            // Each kind once in random order, then again: a long run has all of them equally often.
            if (bag.Count == 0)
                foreach (var kind in Shuffled()) bag.Enqueue(kind);
            return new ChaosFault(bag.Peek(), random.Next(instances), HoldOf(bag.Dequeue()));
        }

        ChaosKind[] Shuffled()
        {
            var kinds = Enum.GetValues<ChaosKind>();
            random.Shuffle(kinds);
            return kinds;
        }

        TimeSpan HoldOf(ChaosKind kind) => kind switch
        {
            ChaosKind.PauseInstance => Between(1, 5),
            ChaosKind.CutClients or ChaosKind.CutPostgres or ChaosKind.CutRedis => TimeSpan.Zero,
            ChaosKind.RestartPostgres or ChaosKind.CrashPostgres => Between(0, 1.5),
            _ => Between(0.3, 3),
        };

        TimeSpan Between(double from, double to) =>
            TimeSpan.FromSeconds(Math.Round(from + random.NextDouble() * Math.Max(0, to - from), 2));
    }

    /// <summary>Not the same instance or server twice: the first to be healed would heal both.</summary>
    private static bool CanGoTogether(ChaosFault first, ChaosFault second)
    {
        if (first.Kind == ChaosKind.RollingRestart || second.Kind == ChaosKind.RollingRestart) return false;
        return IsOfServer(first.Kind) || IsOfServer(second.Kind)
            ? ServerOf(first.Kind) != ServerOf(second.Kind)
            : first.Instance != second.Instance;
    }

    private static bool IsOfServer(ChaosKind kind) => ServerOf(kind).Length > 0;

    private static string ServerOf(ChaosKind kind) => kind switch
    {
        ChaosKind.StopRedis or ChaosKind.KillRedis or ChaosKind.PauseRedis => "redis",
        ChaosKind.RestartPostgres or ChaosKind.CrashPostgres => "postgres",
        _ => "",
    };
}
