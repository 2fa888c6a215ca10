using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Link;

/// <summary>One call of the application: waits for a session, and retries in the next one when the answer was lost and
/// repeating is harmless. When the server says that it came too fast, it is made once more, after the time that the
/// server says.</summary>
internal sealed class HubCall<T>(string name, Func<IChatHub, Task<T>> call, bool repeatable)
{
    private ChatDisconnectedException? _lost;

    public async Task<T> RunAsync(IChatLink link, ChatClientOptions options, CancellationToken ct)
    {
        using var activity = ChatClientTelemetry.StartCall(name);
        using var timeout = new CancellationTokenSource(options.CallTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            return await TryAsync(link, options, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException ex) when (!ct.IsCancellationRequested && timeout.IsCancellationRequested)
        {
            var late = new ChatTimeoutException($"{name} had no answer within {options.CallTimeout.TotalSeconds} s.",
                (Exception?)_lost ?? ex);
            ChatClientTelemetry.Failed(activity, late);
            throw late;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct); // the caller's own token, not the one made of it
        }
        catch (Exception ex)
        {
            ChatClientTelemetry.Failed(activity, ex);
            throw;
        }
    }

    private async Task<T> TryAsync(IChatLink link, ChatClientOptions options, CancellationToken ct)
    {
        for (var hasWaited = false; ;)
        {
            var session = await link.SessionAsync(ct).ConfigureAwait(false);
            try
            {
                return await session.CallAsync(call, ct).ConfigureAwait(false);
            }
            catch (ChatRefusedException ex) when (
                !hasWaited && ex.RetryAfter is { } wait && wait <= options.CallTimeout / 2)
            {
                hasWaited = true; // nothing was done, so any call may be made again
                await Task.Delay(wait, options.TimeProvider, ct).ConfigureAwait(false);
                continue;
            }
            catch (ChatDisconnectedException ex) when (repeatable)
            {
                _lost = ex;
            }
            await session.WaitForEndAsync(ct).ConfigureAwait(false);
        }
    }
}
