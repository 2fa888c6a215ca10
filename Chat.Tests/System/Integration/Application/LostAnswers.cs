using Chat.Server.Persistence;

namespace Chat.Tests.Integration.Application;

/// <summary>Of every other change it is not heard how it ended.</summary>
internal sealed class LostAnswers(ISessionTurns turns) : ISessionTurns
{
    private int _changes;

    /// <summary>How many were not heard.</summary>
    public int Lost => (_changes + 1) / 2;

    public Task<T> ReadAsync<T>(Func<Task<T>> work, CancellationToken ct) => turns.ReadAsync(work, ct);

    public async Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        var result = await turns.WriteAsync(work, ct);
        return ++_changes % 2 == 0 ? result : throw new StoreException(StoreFailure.InDoubt, "nobody heard it");
    }
}
