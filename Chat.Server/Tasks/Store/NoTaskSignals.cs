namespace Chat.Server.Tasks.Store;

/// <summary>For a database that can't: an instance hears only itself.</summary>
internal sealed class NoTaskSignals : ITaskSignals
{
    public Task SendAsync(CancellationToken ct) => Task.CompletedTask;

    public Task ListenAsync(Action heard, CancellationToken ct) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
}
