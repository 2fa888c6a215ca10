using Chat.Server.Revocations.Store;

namespace Chat.Server.Revocations;

/// <summary>Loads all revocations before the server listens. On SQLite, where this process makes all of them, with
/// tokens.</summary>
internal sealed class RevocationLoader(IRevocationStore store, RevocationApplier applier) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) =>
        applier.Apply(await store.ReadAllAsync(cancellationToken));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
