namespace Chat.Server.Persistence;

/// <summary>Lets one instance at a time migrate.</summary>
internal interface IMigrationLock
{
    /// <summary>Waits for the lock, and creates what must be there to take it. A process that dies loses its
    /// lock.</summary>
    Task<IAsyncDisposable> AcquireAsync(ChatDbContext context, CancellationToken ct);
}
