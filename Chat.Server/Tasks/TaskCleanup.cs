using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Deletes completed tasks after their retention, and old figures; releases groups that are stuck.</summary>
internal sealed class TaskCleanup(TaskUpkeepStore store, TimeProvider time) : ITaskHandler<byte[]>
{
    public const string Type = "tasks.cleanup";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How long the figures of the page reach back.</summary>
    public static readonly TimeSpan StatsKept = TimeSpan.FromDays(7);

    public async Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await store.SweepAsync(now, ct);
        await store.FreeGroupsAsync(ct);
        await store.ForgetStatsAsync((now - StatsKept).ToUnixTimeSeconds() / 60, ct);
    }
}
