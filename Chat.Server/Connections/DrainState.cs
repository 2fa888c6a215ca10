using Chat.Server.Observability;

namespace Chat.Server.Connections;

/// <summary>How far the shutdown of this instance is.</summary>
internal sealed class DrainState(IHostApplicationLifetime lifetime, ChatMetrics metrics)
{
    private readonly CancellationTokenSource _leaving =
        CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
    private bool _announced;
    private volatile bool _open;

    /// <summary>True while this instance has no business with anybody: before it has seen that it fits the deployment,
    /// and once the deployment's mode is another one. It answers no requests.</summary>
    public bool IsClosed => !_open;

    public void Open() => _open = true;

    public void Close() => _open = false;

    /// <summary>True from the moment a stop is asked for: readiness fails, answers say that their connection
    /// closes.</summary>
    public bool IsAnnounced => Volatile.Read(ref _announced) || IsLeaving;

    /// <summary>True once connections are asked to go: no new ones are taken.</summary>
    public bool IsLeaving => _leaving.IsCancellationRequested;

    /// <summary>Cancelled once connections are asked to go, and when the server stops without asking.</summary>
    public CancellationToken Leaving => _leaving.Token;

    /// <summary>Cancelled when the server stops: there is no more time to ask clients.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>Makes load balancers use other instances; false when that was done before.</summary>
    public bool TryAnnounce()
    {
        if (Interlocked.Exchange(ref _announced, true)) return false;
        metrics.DrainBegun();
        return true;
    }

    public Task LeaveAsync() => _leaving.CancelAsync();
}
