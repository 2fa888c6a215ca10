using System.Threading.Channels;

namespace Chat.Server.Concurrency;

/// <summary>One loop that commits what was added, in groups and without a timer: a batch is what arrived while the last
/// commit ran.</summary>
/// <param name="capacity">Most that wait, beside the batch under way.</param>
/// <param name="maxBatch">Most in one batch.</param>
/// <param name="commit">Commits a batch, in the order of adding; the list is reused afterwards. Must not throw: the
/// loop would end.</param>
/// <param name="endsBatch">True for what is the last of its batch; null when nothing is. Asked once for each, in
/// order.</param>
/// <param name="retry">Asked after each batch: ends when <paramref name="commit"/> is to be called again though nothing
/// arrives, with an empty batch; null when that need not be.</param>
internal sealed class GroupCommit<T>(
    int capacity, int maxBatch, Func<List<T>, CancellationToken, Task> commit, Func<T, bool>? endsBatch = null,
    Func<Task?>? retry = null)
{
    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(
        new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task<bool>? _arriving;

    /// <summary>False when there is no room, or when it is completed.</summary>
    public bool TryAdd(T item) => _waiting.Writer.TryWrite(item);

    /// <summary>Waits for room.</summary>
    /// <exception cref="ChannelClosedException">It is completed.</exception>
    public ValueTask AddAsync(T item, CancellationToken ct) => _waiting.Writer.WriteAsync(item, ct);

    /// <summary>Takes no more; <see cref="RunAsync"/> ends when all is committed.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <param name="ct">Given to the commits. The loop itself ends by <see cref="Complete"/> only.</param>
    public async Task RunAsync(CancellationToken ct)
    {
        var batch = new List<T>(maxBatch);
        while (await WaitAsync())
        {
            while (batch.Count < maxBatch && _waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
                if (endsBatch?.Invoke(next) == true) break;
            }
            await commit(batch, ct);
            batch.Clear();
        }
    }

    /// <summary>False when it is completed and all is committed.</summary>
    private async ValueTask<bool> WaitAsync()
    {
        var arriving = _arriving ?? _waiting.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        _arriving = null;
        if (retry?.Invoke() is not { } again) return await arriving;
        await Task.WhenAny(arriving, again);
        if (!arriving.IsCompleted) _arriving = arriving; // the next wait goes on with it
        else if (!await arriving) await again; // completed: what is left is still tried again
        return true;
    }
}
