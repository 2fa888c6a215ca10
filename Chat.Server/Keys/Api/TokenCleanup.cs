using Chat.Server.Keys.Store;
using Chat.Server.Tasks;

namespace Chat.Server.Keys.Api;

/// <summary>Deletes tokens that expired a day ago: until then it is told that they have expired.</summary>
internal sealed class TokenCleanup(CredentialStore store, TimeProvider time) : ITaskHandler<byte[]>
{
    public const string Type = "tokens.cleanup";

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct) =>
        store.DeleteTokensAsync(time.GetUtcNow() - Kept, ct);
}
