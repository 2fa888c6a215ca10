using Chat.Server.Revocations.Store;
using Chat.Server.Tasks;

namespace Chat.Server.Revocations;

/// <summary>Deletes revocations whose tokens have all expired.</summary>
internal sealed class RevocationExpiry(
    IRevocationStore store, RevocationApplier applier, TimeProvider time) : ITaskHandler<byte[]>
{
    public const string Type = "revocations.expiry";

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await store.DeleteExpiredAsync(now, ct);
        applier.Forget(now); // on PostgreSQL all instances do so by themselves
    }
}
