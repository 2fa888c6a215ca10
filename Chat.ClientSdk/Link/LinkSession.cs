using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Link;

/// <summary>The time between a connect and the loss of that connection. Nothing joined in one session is joined in the
/// next.</summary>
/// <param name="Number">1, 2, 3 … over the life of the client.</param>
/// <param name="Hub">The server's methods, while the session lasts; afterwards they throw
/// <see cref="ChatDisconnectedException"/>.</param>
/// <param name="Ended">Cancelled when the connection is lost.</param>
internal sealed record LinkSession(long Number, IChatHub Hub, CancellationToken Ended)
{
    /// <summary>Waits until the session is over: a call may know that before the link does.</summary>
    /// <exception cref="OperationCanceledException">By the token.</exception>
    public async Task WaitForEndAsync(CancellationToken ct)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (Ended.UnsafeRegister(static ended => ((TaskCompletionSource)ended!).TrySetResult(), ended))
            await ended.Task.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Makes a call, and waits for the answer until the token is cancelled at the latest. A later answer or
    /// failure is dropped.</summary>
    public async Task<T> CallAsync<T>(Func<IChatHub, Task<T>> call, CancellationToken ct)
    {
        var answer = call(Hub);
        try
        {
            return await answer.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            LateAnswer.Drop(answer);
            throw;
        }
    }
}
