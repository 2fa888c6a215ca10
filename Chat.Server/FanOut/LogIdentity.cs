using Chat.Server.Observability;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;

namespace Chat.Server.FanOut;

/// <summary>The identity of the log: the deployment of the database, and the generation of its log.</summary>
/// <remarks>Read with each head check. A new generation is drawn where the database was put back to an earlier state;
/// all instances see it at their next check.</remarks>
internal sealed partial class LogIdentity(IDeploymentStore store, ChatMetrics metrics, ILogger<LogIdentity> logger)
{
    private readonly TaskCompletionSource<Deployment> _known =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Deployment? _current;
    private volatile string _generation = "";

    /// <summary>Raised once the deployment is known, and when the generation changed: caches of the database are then
    /// invalid. Readers are notified afterwards.</summary>
    public event Action? Changed;

    /// <summary>Raised with each look that finds something else than the one before, and with the first; after
    /// <see cref="Changed"/>.</summary>
    public event Action<Deployment>? Seen;

    /// <summary>Null until the database was read for the first time.</summary>
    public Deployment? Current => _current;

    /// <summary>The generation as it is written on the wire; empty until it is known.</summary>
    public string Generation => _generation;

    /// <summary>Ends when the deployment is known.</summary>
    public Task<Deployment> Known => _known.Task;

    /// <summary>Reads it; draws a generation when the database is not the one of the last generation.</summary>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        var found = await store.ReadAsync(ct);
        if (!found.IsReplaced)
        {
            Take(found);
            return;
        }
        Log.Replaced(logger);
        Take(await store.DrawAsync(found.Generation, ct));
    }

    /// <summary>Stored entries are gone: draws a generation, unless another instance has drawn one since the last
    /// read.</summary>
    /// <exception cref="StoreException">The database cannot be changed now.</exception>
    public async Task DrawAsync(CancellationToken ct)
    {
        if (_current is { } seen) Take(await store.DrawAsync(seen.Generation, ct));
    }

    private void Take(Deployment found)
    {
        var before = _current;
        var isSame = before?.Generation == found.Generation;
        if (isSame && before!.Requires == found.Requires && before.Mode == found.Mode) return;
        _current = found;
        if (!isSame) Change(before, found);
        // Last: with the first look requests are served from here on.
        Seen?.Invoke(found);
        _known.TrySetResult(found);
    }

    private void Change(Deployment? before, Deployment found)
    {
        _generation = found.Generation.ToString("N");
        if (before is not null)
        {
            Log.Changed(logger, before.Generation, found.Generation);
            metrics.GenerationChanged();
        }
        Changed?.Invoke();
    }

    private static partial class Log
    {
        [LoggerMessage(3030, LogLevel.Error,
            "The database is not the one in which the generation of the log was drawn: it was restored or "
            + "copied, or a replica took over. Messages may be missing")]
        public static partial void Replaced(ILogger logger);

        [LoggerMessage(3031, LogLevel.Error,
            "The log has another generation: {After:N} after {Before:N}. It was put back to an earlier state; "
            + "readers are notified")]
        public static partial void Changed(ILogger logger, Guid before, Guid after);
    }
}
