namespace Chat.Server.Persistence;

/// <summary>When and where the work on a session of EF Core runs.</summary>
/// <remarks>Work that met somebody else's change, so that nothing of it was stored, is run again from its beginning.
/// What it has stored before in transactions of its own stays.</remarks>
internal interface ISessionTurns
{
    /// <summary>Runs work that reads, when its turn has come.</summary>
    Task<T> ReadAsync<T>(Func<Task<T>> work, CancellationToken ct);

    /// <summary>Runs work that changes something, when its turn has come.</summary>
    Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken ct);
}
