using Chat.Server.Callers;
using Chat.Server.Revocations.Store;

namespace Chat.Server.Revocations;

/// <summary>Loads all revocations before the server listens. On SQLite, where this process makes all of them, with
/// tokens.</summary>
internal sealed class RevocationLoader(IRevocationStore store, Admission admission) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var one in await store.ReadAllAsync(cancellationToken)) admission.Revoked.Add(one);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
