using Chat.Contracts.Errors;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Identity;

namespace Chat.Server.Application.Api;

/// <summary>Ends a request that may take hours when its key is revoked, or ends, meanwhile: within 2 s, whatever it is
/// waiting for.</summary>
internal sealed class WhileKeyHolds(KeyDoor door, TimeProvider time) : IEndpointFilter
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <exception cref="ChatException">The key holds no longer.</exception>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var aborted = http.RequestAborted;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        http.RequestAborted = ending.Token;
        ChatError? refusal = null;
        var watching = WatchAsync();
        try
        {
            return await next(context);
        }
        // Whatever it was stopped in the middle of.
        catch (Exception) when (Volatile.Read(ref refusal) is not null && !aborted.IsCancellationRequested)
        {
            if (!http.Response.HasStarted) http.Response.Headers.Connection = "close"; // the rest is not awaited
            throw new ChatException(refusal!);
        }
        finally
        {
            http.RequestAborted = aborted;
            await ending.CancelAsync();
            await watching;
        }

        async Task WatchAsync()
        {
            var holder = KeyHolders.Of(http);
            try
            {
                using var looks = new PeriodicTimer(Look, time);
                while (await looks.WaitForNextTickAsync(ending.Token))
                    if (await door.FindEndAsync(holder, ending.Token) is { } end)
                    {
                        Volatile.Write(ref refusal, end);
                        await ending.CancelAsync();
                        return;
                    }
            }
            catch (OperationCanceledException)
            {
                // NOTE: the request has ended.
            }
        }
    }
}
