using Chat.Server.Audit.Store;
using Chat.Server.Tasks;
using Microsoft.Extensions.Options;

namespace Chat.Server.Audit.Api;

/// <summary>Deletes entries of the audit that are older than configured.</summary>
internal sealed class AuditCleanup(AuditStore store, IOptions<AuditOptions> options, TimeProvider time)
    : ITaskHandler<byte[]>
{
    public const string Type = "audit.cleanup";

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct) =>
        store.DeleteAsync(time.GetUtcNow() - TimeSpan.FromDays(options.Value.RetentionDays), ct);
}
