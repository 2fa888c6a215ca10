using Chat.Server.Revocations.Store;
using Chat.Server.Tasks;

namespace Chat.Server.Revocations;

/// <summary>Deletes revocations whose tokens have all expired.</summary>
internal sealed class RevocationExpiry(IRevocationStore store, TimeProvider time) : ITaskHandler<byte[]>
{
    public const string Type = "revocations.expiry";

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct) =>
        store.DeleteExpiredAsync(time.GetUtcNow(), ct);
}
