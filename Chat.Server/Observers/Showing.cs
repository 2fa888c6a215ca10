using Chat.Contracts.Entries;

namespace Chat.Server.Observers;

/// <summary>Shows entries to an observer, and says how it went.</summary>
internal sealed class Showing(ObserverRegistration observer, ObserverContext context)
{
    /// <summary>The observer is this instance's from now on.</summary>
    public async Task BeginAsync(long epoch)
    {
        if (observer.Begins is not { } begins) return;
        await using var scope = context.Scopes.CreateAsyncScope();
        begins(scope.ServiceProvider, epoch);
    }

    /// <summary>Null: they were shown. Else what went wrong.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; whether they were shown is not known.
    /// </exception>
    public async Task<Exception?> TryAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            await using var scope = context.Scopes.CreateAsyncScope();
            await observer.Resolve(scope.ServiceProvider).OnAsync(entries, ct);
            context.Metrics.Shown(observer.Name, entries.Count);
            return null;
        }
        catch (Exception e)
        {
            ct.ThrowIfCancellationRequested();
            context.Metrics.Failed(observer.Name);
            return e;
        }
    }
}
