using Chat.Server.Persistence;

namespace Chat.Server.Observers.Store;

/// <summary>Carries rings between instances where nothing else does. Failures are <see cref="StoreException"/>.
/// </summary>
internal interface IObserverSignals
{
    /// <summary>Rings the others.</summary>
    Task SendAsync(CancellationToken ct);

    /// <summary>Calls back for each ring of others until it fails or is cancelled.</summary>
    Task ListenAsync(Action heard, CancellationToken ct);
}
