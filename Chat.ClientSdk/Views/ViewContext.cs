using Chat.ClientSdk.Connection;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Views;

/// <summary>Where a view raises its events: the application's context, or the thread pool. A context that throws (its
/// window is closed, its queue is full) is tried again later, until the view ends; one that hangs stops only the events
/// of its view.</summary>
internal sealed partial class ViewContext(
    SynchronizationContext? context, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    private static readonly Backoff Waits = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), Least: 0.5);

    /// <param name="round">What to run there.</param>
    /// <param name="aside">The caller must not wait for the context, because its thread is needed elsewhere.</param>
    public void Post(Action round, bool aside)
    {
        if (!aside || context is null) Begin(round);
        else ThreadPool.UnsafeQueueUserWorkItem(static post => post.Context.Begin(post.Round),
            (Context: this, Round: round), preferLocal: false);
    }

    private void Begin(Action round)
    {
        if (!TryPost(round)) _ = PostLaterAsync(round);
    }

    private async Task PostLaterAsync(Action round)
    {
        try
        {
            for (var failures = 0; ; failures++)
            {
                await Task.Delay(Waits.Next(failures), time, stopping).ConfigureAwait(false);
                if (TryPost(round)) return;
            }
        }
        catch (OperationCanceledException)
        {
            // NOTE: the view has ended.
        }
    }

    private bool TryPost(Action round)
    {
        try
        {
            if (context is null)
                ThreadPool.UnsafeQueueUserWorkItem(static round => round(), round, preferLocal: false);
            else context.Post(static round => ((Action)round!)(), round);
            return true;
        }
        catch (Exception ex) // application code
        {
            Log.PostFailed(logger, ex);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7032, LogLevel.Error, "The context of a conversation view could not be read; it is tried again")]
        public static partial void PostFailed(ILogger logger, Exception exception);
    }
}
