namespace Chat.Server.Tasks.Store;

/// <summary>Tells other instances that there is something to do, where the database can. It may be lost: they look by
/// themselves too.</summary>
internal interface ITaskSignals
{
    /// <summary>Tells all instances, this one included.</summary>
    Task SendAsync(CancellationToken ct);

    /// <summary>Calls back with each signal until it is cancelled or the connection is lost.</summary>
    Task ListenAsync(Action heard, CancellationToken ct);
}
