using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Reading;

/// <summary>Makes calls that are harmless to repeat, over as many sessions as needed, until there is an answer or a
/// refusal.</summary>
internal sealed class PatientCalls(IChatLink link, TimeProvider time)
{
    private static readonly Backoff Waits = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), Least: 0.5);

    /// <exception cref="ChatRefusedException">The server refused, and will again.</exception>
    /// <exception cref="ChatConnectException">The connection was given up.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public async Task<T> CallAsync<T>(Func<IChatHub, Task<T>> call, CancellationToken ct)
    {
        LinkSession? last = null;
        ChatException? failure = null;
        for (var failures = 0; ; failures++)
        {
            var session = await link.SessionAsync(ct).ConfigureAwait(false);
            // The session in which it failed may have ended before the link noticed.
            if (session.Number == last?.Number)
                await WaitAsync(failures - 1, session, failure, ct).ConfigureAwait(false);
            last = session;
            try
            {
                return await session.CallAsync(call, ct).ConfigureAwait(false);
            }
            catch (ChatException ex) when (MayPass(ex))
            {
                failure = ex; // that is what the loop is for
            }
        }
    }

    /// <summary>True for failures that may pass.</summary>
    public static bool MayPass(ChatException exception) =>
        exception is ChatDisconnectedException or ChatRefusedException { Code: ChatErrorCode.InternalError
            or ChatErrorCode.RateLimited };

    /// <summary>Waits before the call is made again: as long as the server said, else longer with every failure; but
    /// not beyond the session, after which there is no reason to.</summary>
    public async Task WaitAsync(int failures, LinkSession session, ChatException? cause, CancellationToken ct)
    {
        var wait = (cause as ChatRefusedException)?.RetryAfter ?? Waits.Next(failures);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, session.Ended);
        try
        {
            await Task.Delay(wait, time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Otherwise a link that keeps returning an ended session would make this spin.
            await Task.Yield();
        }
    }
}
