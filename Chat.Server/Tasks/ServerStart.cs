namespace Chat.Server.Tasks;

/// <summary>Work begins when the server listens, because a start that fails (for instance because the port is in use)
/// would only stop it again.</summary>
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
