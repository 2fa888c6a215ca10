using Chat.Server.Safety.Reports.Store;
using Chat.Server.Tasks;

namespace Chat.Server.Safety.Reports;

/// <summary>Deletes reports that were closed 90 days ago, and all that are older than a year.</summary>
internal sealed class ReportCleanup(ReportStore store, TimeProvider time) : ITaskHandler<byte[]>
{
    public const string Type = "reports.cleanup";

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365), KeptClosed = TimeSpan.FromDays(90);

    public Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct) =>
        store.DeleteAsync(time.GetUtcNow() - Kept, time.GetUtcNow() - KeptClosed, ct);
}
