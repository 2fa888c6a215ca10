namespace Chat.Server.Persistence;

/// <summary>What a provider adds to EF Core's migrations.</summary>
internal interface IMigrations
{
    /// <summary>Whether there is nothing to do, also for <see cref="FinishAsync"/>: asked in one statement. False: it
    /// is not known.</summary>
    Task<bool> IsDoneAsync(CancellationToken ct);

    /// <summary>Lets one instance at a time migrate: waits for the lock, and creates what must be there to take it. A
    /// process that dies loses its lock.</summary>
    Task<IAsyncDisposable> LockAsync(ChatDbContext context, CancellationToken ct);

    /// <summary>What takes long and holds up nobody: done after the migrations, and gone on with by the next start
    /// where it was broken off.</summary>
    Task FinishAsync(CancellationToken ct);
}
