using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut.Signals;
using Chat.Server.Persistence;

namespace Chat.Server.FanOut;

/// <summary>One connection's outbound side: a cursor for each joined conversation, and no queue.</summary>
/// <remarks>Woken, it writes all entries between its cursors and the feeds' heads, in blocks shared with other readers,
/// then sleeps. During a write the log grows ahead of it. So a slow client costs a cursor, and no reader waits for
/// another.</remarks>
internal abstract partial class ClientWriter(UserKey user, WireFormat format, WriterContext context)
{
    private readonly Lock _gate = new();
    private Subscription[] _subscriptions = [];
    private Subscription? _dirty;
    private int _draining;
    private long _writeStarted;
    private int _failedReads; // in a row; the drain's
    private bool _closed;

    public UserKey User => user;

    /// <summary>Whether it may still be shown anything.</summary>
    public Standing Standing { get; } = new();

    protected WriterContext Context => context;

    /// <summary>Cancelled when the connection is gone.</summary>
    protected abstract CancellationToken Closed { get; }

    /// <summary>Writes the block and flushes. Called by one drain at a time; ends when the transport has taken
    /// it.</summary>
    protected abstract ValueTask WriteAsync(EncodedBlock block);

    /// <summary>Tells the client that it no longer sees the conversation, because its user was removed.</summary>
    protected abstract ValueTask WriteRemovedAsync(ConversationId conversation);

    /// <summary>True once a close was sent: nothing may be written after it, and a cut could keep the peer from seeing
    /// it.</summary>
    protected virtual bool IsClosing => false;

    /// <summary>Ends the connection at once.</summary>
    public abstract void Abort();

    /// <summary>How long the client has taken nothing of what is being written; zero when nothing is.</summary>
    public virtual TimeSpan WritePendingFor => Volatile.Read(ref _writeStarted) is var started and not 0
        ? context.Time.GetElapsedTime(started)
        : TimeSpan.Zero;

    public Subscription? Find(ConversationId conversation)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
            if (subscription.Feed.Conversation == conversation) return subscription;
        return null;
    }

    public int Count => Volatile.Read(ref _subscriptions).Length;

    /// <summary>Adds an inactive subscription, or returns the existing one; null when the writer is closed.</summary>
    public Subscription? TryAdd(Subscription subscription)
    {
        lock (_gate)
        {
            if (_closed) return null;
            if (Find(subscription.Feed.Conversation) is { } known) return known;
            _subscriptions = [.. _subscriptions, subscription];
            return subscription;
        }
    }

    /// <summary>Removes a subscription, if any, and waits for its current write.</summary>
    public async ValueTask LeaveAsync(ConversationId conversation, CancellationToken ct)
    {
        if (Find(conversation) is not { } subscription) return;
        await subscription.PauseAsync(ct);
        Remove(subscription);
    }

    /// <summary>Removes a subscription at once; false when there was none.</summary>
    public bool Remove(Subscription subscription)
    {
        subscription.Deactivate();
        subscription.Feed.Detach(subscription);
        lock (_gate)
        {
            var before = _subscriptions.Length;
            _subscriptions = Array.FindAll(_subscriptions, s => s != subscription);
            return _subscriptions.Length < before;
        }
    }

    /// <summary>True once <see cref="Close"/> was called: nothing more will be shown.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Ends all subscriptions; none can be added afterwards.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _signals?.Clear();
            _signals = null;
        }
        foreach (var subscription in _subscriptions) Remove(subscription);
    }

    /// <summary>Asked behind what is to be shown was taken, and before it is written: so what is shown is older than
    /// the look. Waits while this instance does not know whom it must not serve.</summary>
    /// <returns>False: its user may not be here any more.</returns>
    protected ValueTask<bool> MayShowAsync() =>
        context.Admission.IsFresh ? new(!Standing.HasEnded) : MayShowSoonAsync();

    private async ValueTask<bool> MayShowSoonAsync()
    {
        await context.Admission.WaitAsync(Closed);
        return !Standing.HasEnded;
    }

    /// <summary>There may be something to deliver for this subscription.</summary>
    internal void Wake(Subscription subscription)
    {
        if (subscription.TryMarkDirty()) Push(subscription);
        StartDrain();
    }

    private void StartDrain()
    {
        if (Interlocked.CompareExchange(ref _draining, 1, 0) != 0) return; // the drain looks again before it ends
        var drain = DrainAsync();
        if (!drain.IsCompletedSuccessfully) context.Background.Watch(drain.AsTask());
    }

    private async ValueTask DrainAsync()
    {
        do
        {
            try
            {
                if (HasSignals) await WriteSignalsAsync();
                while (Interlocked.Exchange(ref _dirty, null) is { } dirty)
                    for (var next = (Subscription?)dirty; next is not null;)
                    {
                        var subscription = next;
                        next = subscription.NextDirty;
                        subscription.ClearDirty();
                        // One block each in turn, so that a busy conversation does not hold up the quiet ones.
                        if (await DeliverBlockAsync(subscription) && subscription.TryMarkDirty()) Push(subscription);
                        if (HasSignals) await WriteSignalsAsync();
                    }
            }
            catch (Exception e)
            {
                Close();
                if (!IsClosing) Abort(); // the transport's own loop notices and cleans up
                if (Closed.IsCancellationRequested || IsConnectionLoss(e)) return;
                throw; // logged by BackgroundWork
            }
            Interlocked.Exchange(ref _draining, 0);
        }
        while ((Volatile.Read(ref _dirty) is not null || HasSignals)
            && Interlocked.CompareExchange(ref _draining, 1, 0) == 0);
    }

    /// <returns>True when there is more to deliver.</returns>
    private async ValueTask<bool> DeliverBlockAsync(Subscription subscription)
    {
        EncodedBlock? read = null;
        var pauses = subscription.Pauses;
        while (subscription.TryEnter())
        {
            long from, to;
            try
            {
                if (subscription.Settle()) await TellGenerationAsync(subscription);
                if (!subscription.TryGetStretch(out to)) return await IsRemovedAsync(subscription);
                from = subscription.Cursor;
                // A block that was read from the log is for the place that the subscription had then.
                var block = read is not null && pauses == subscription.Pauses && read.From == from + 1
                    ? read
                    : subscription.Shard!.TryTake(from, to, format);
                if (block is not null)
                {
                    await ShowAsync(subscription, block);
                    return subscription.Cursor < Math.Min(subscription.Shard!.Visible, subscription.Limit)
                        || await IsRemovedAsync(subscription);
                }
                pauses = subscription.Pauses;
            }
            finally
            {
                subscription.Exit();
            }
            // Not while it is busy: a leave does not wait for the database.
            read = await ReadFromLogAsync(subscription, from, to);
            if (read is null) return true;
        }
        return false;
    }

    /// <summary>The log has another generation, and goes on here. Formats without cursors do not show it.</summary>
    private async ValueTask TellGenerationAsync(Subscription subscription)
    {
        var place = new JoinResult(subscription.Feed.Conversation, subscription.Cursor, subscription.Feed.Head,
            context.Generation);
        var block = new EncodedSignal(new GenerationSignal(place, user.Id)).Encode(format);
        if (block.Bytes.Length > 0) await TryWriteAsync(block);
    }

    private async ValueTask ShowAsync(Subscription subscription, EncodedBlock block)
    {
        if (block.Bytes.Length > 0 && !await TryWriteAsync(block)) return;
        subscription.Cursor = block.To;
        context.Metrics.Delivered(block.Count);
    }

    /// <summary>Ends what has been shown up to its limit. The client is told before a new join can find it
    /// gone.</summary>
    /// <returns>False: there is nothing more to deliver.</returns>
    private async ValueTask<bool> IsRemovedAsync(Subscription subscription)
    {
        if (subscription.Cursor < subscription.Limit || !await MayShowAsync()) return false;
        BeginWrite();
        await WriteRemovedAsync(subscription.Feed.Conversation);
        EndWrite();
        Remove(subscription);
        return false;
    }

    /// <returns>False: it is not written, and nothing will be any more.</returns>
    private ValueTask<bool> TryWriteAsync(EncodedBlock block)
    {
        var may = MayShowAsync();
        if (!may.IsCompletedSuccessfully) return WriteSoonAsync(may, block);
        if (!may.Result)
        {
            Close();
            return new(false);
        }
        BeginWrite();
        var write = WriteAsync(block);
        if (!write.IsCompletedSuccessfully) return EndWriteAsync(write);
        write.GetAwaiter().GetResult(); // gives it back
        EndWrite();
        return new(true);
    }

    private async ValueTask<bool> WriteSoonAsync(ValueTask<bool> may, EncodedBlock block)
    {
        if (await may) return await TryWriteAsync(block);
        Close();
        return false;
    }

    private async ValueTask<bool> EndWriteAsync(ValueTask write)
    {
        await write;
        EndWrite();
        return true;
    }

    /// <summary>Every wait of the drain is watched: a client that accepts nothing is cut.</summary>
    private void BeginWrite() => Volatile.Write(ref _writeStarted, context.Time.GetTimestamp());

    private void EndWrite() => Volatile.Write(ref _writeStarted, 0);

    private async ValueTask<EncodedBlock?> ReadFromLogAsync(Subscription subscription, long from, long to)
    {
        try
        {
            var block = await subscription.Feed.ReadFromLogAsync(from, to, format, Closed);
            _failedReads = 0;
            return block;
        }
        catch (StoreException)
        {
            // the cursor stays: nothing is skipped
            await LogReader.Retries.WaitAsync(_failedReads++, context.Time, Closed);
            return null;
        }
    }

    private void Push(Subscription subscription)
    {
        Subscription? head;
        do
        {
            head = Volatile.Read(ref _dirty);
            subscription.NextDirty = head;
        }
        while (Interlocked.CompareExchange(ref _dirty, subscription, head) != head);
    }

    private static bool IsConnectionLoss(Exception e) =>
        e is IOException or OperationCanceledException or ObjectDisposedException
            or System.Net.WebSockets.WebSocketException or InvalidOperationException;
}
