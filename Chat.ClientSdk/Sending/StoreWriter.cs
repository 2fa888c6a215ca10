using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Sending;

/// <summary>The only caller of the store: one call at a time, each with everything that came during the last one. So
/// messages accepted at the same time share a flush.</summary>
internal sealed partial class StoreWriter : IAsyncDisposable
{
    private const int BatchSize = 1_024;

    // By the system's clock: it ends a hang of application code and measures nothing.
    public static readonly TimeSpan EndBound = TimeSpan.FromSeconds(10);


    private readonly Channel<Write> _writes =
        Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IOutboxStore _store;
    private readonly Outbox _outbox;
    private readonly ILogger _logger;
    private Task _running = Task.CompletedTask;
    private bool _isOpen;

    public StoreWriter(IOutboxStore store, Outbox outbox, ILogger logger) =>
        (_store, _outbox, _logger) = (store, outbox, logger);

    public async Task<IReadOnlyList<OutboxMessage>> LoadAsync(string owner, CancellationToken ct)
    {
        await _store.UseAsync(owner, ct).ConfigureAwait(false);
        var messages = await _store.LoadAsync(ct).ConfigureAwait(false);
        _isOpen = true;
        _running = Task.Run(RunAsync, CancellationToken.None);
        return messages;
    }

    public void Add(PendingMessage message) => _writes.Writer.TryWrite(new Write(message, message.Stored, 0, null));

    public void Remove(long number) => _writes.Writer.TryWrite(new Write(null, null, number, null));

    /// <summary>Completes when the store has everything up to now.</summary>
    public Task DrainAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _isOpen && _writes.Writer.TryWrite(new Write(null, null, 0, done)) ? done.Task : Task.CompletedTask;
    }

    /// <summary>A store that hangs is abandoned.</summary>
    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        try
        {
            await _running.WaitAsync(EndBound, TimeProvider.System).ConfigureAwait(false);
            if (_isOpen)
                await Task.Run(_store.CloseAsync).WaitAsync(EndBound, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.Hangs(_logger, EndBound);
        }
    }

    private async Task RunAsync()
    {
        var batch = new List<Write>();
        while (await _writes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < BatchSize && _writes.Reader.TryRead(out var write)) batch.Add(write);
            await AddAsync(batch.FindAll(static write => write.Stored is not null)).ConfigureAwait(false);
            await RemoveAsync([.. batch.Where(static write => write.Removed > 0).Select(static write => write.Removed)])
                .ConfigureAwait(false);
            foreach (var write in batch) write.Done?.TrySetResult();
            batch.Clear();
        }
    }

    private async Task AddAsync(List<Write> added)
    {
        if (added.Count == 0) return;
        try
        {
            await _store.AddAsync(added.ConvertAll(static write => write.Stored!), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (Exception e) // any failure of a store: these messages are not accepted
        {
            Log.NotAdded(_logger, added.Count, e);
            foreach (var write in added) _outbox.Fail(write.Message!, e);
            return;
        }
        foreach (var write in added) _outbox.Stored(write.Message!);
    }

    private async Task RemoveAsync(List<long> numbers)
    {
        if (numbers.Count == 0) return;
        try
        {
            await _store.RemoveAsync(numbers, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) // it will be sent again later, and still be stored once
        {
            Log.NotRemoved(_logger, numbers.Count, e);
        }
    }

    private readonly record struct Write(
        PendingMessage? Message, OutboxMessage? Stored, long Removed, TaskCompletionSource? Done);

    private static partial class Log
    {
        [LoggerMessage(7069, LogLevel.Error,
            "The outbox's store did not close within {Bound}; what it holds is sent by the next client")]
        public static partial void Hangs(ILogger logger, TimeSpan bound);

        [LoggerMessage(7063, LogLevel.Error,
            "The outbox's store failed to keep {Count} messages; they are not accepted")]
        public static partial void NotAdded(ILogger logger, int count, Exception exception);

        [LoggerMessage(7064, LogLevel.Warning,
            "The outbox's store failed to remove {Count} messages; the next client sends them again with their keys")]
        public static partial void NotRemoved(ILogger logger, int count, Exception exception);
    }
}
