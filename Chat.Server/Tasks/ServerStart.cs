namespace Chat.Server.Tasks;

/// <summary>Work begins when the server listens: a start that fails after it, as on a port that is taken, would only
/// tear it down again.</summary>
internal static class ServerStart
{
    /// <exception cref="OperationCanceledException">It stops before it has started.</exception>
    public static async Task WhenStartedAsync(this IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(ct);
    }
}
