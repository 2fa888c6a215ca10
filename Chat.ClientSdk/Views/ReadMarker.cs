using Chat.ClientSdk.Reading;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>Sends the user's read position to the server: only the newest one, at most once per second.</summary>
internal sealed class ReadMarker(
    ConversationId conversation, PatientCalls calls, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private long _wanted;
    private long _told;
    private bool _running;

    /// <summary>Completes when the server has this position or a later one.</summary>
    public Task MarkAsync(long sequence)
    {
        Task told;
        lock (_gate)
        {
            if (sequence <= _told) return Task.CompletedTask;
            _wanted = Math.Max(_wanted, sequence);
            _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            told = _waiting.Task;
            if (_running) return told;
            _running = true;
        }
        _ = RunAsync();
        return told;
    }

    private async Task RunAsync()
    {
        while (TryTake(out var sequence, out var waiting))
        {
            try
            {
                await calls.CallAsync(async hub =>
                {
                    await hub.MarkRead(conversation, sequence).ConfigureAwait(false);
                    return true;
                }, stopping).ConfigureAwait(false);
                lock (_gate) _told = Math.Max(_told, sequence);
                waiting.TrySetResult();
                await Task.Delay(Interval, time, stopping).ConfigureAwait(false);
            }
            catch (Exception ex)
            {
                // Waiting callers get the failure; the next position is tried again.
                waiting.TrySetException(ex is OperationCanceledException
                    ? new ObjectDisposedException(nameof(ConversationView))
                    : ex);
                _ = waiting.Task.Exception; // and need not wait
            }
        }
    }

    private bool TryTake(out long sequence, out TaskCompletionSource waiting)
    {
        lock (_gate)
        {
            (sequence, waiting) = (_wanted, _waiting!);
            _running = _waiting is not null;
            _waiting = null;
            return _running;
        }
    }
}
