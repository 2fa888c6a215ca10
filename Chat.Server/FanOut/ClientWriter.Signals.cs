using Chat.Server.Callers;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.FanOut;

/// <summary>The part for signals, which may be lost: the newest signal of each key waits until the connection accepts
/// it, and no queue grows.</summary>
internal abstract partial class ClientWriter
{
    /// <summary>Signals that may wait for one connection. At the bound the oldest goes.</summary>
    private const int MaxPendingSignals = 256;

    private PendingSignals? _signals; // under _gate; null while none waits, so that it costs nothing without signals

    /// <summary>The signals that this connection is shown in every conversation it has joined.</summary>
    protected virtual SignalKind Wanted => SignalKind.None;

    /// <summary>True once the client requested its contacts: then it gets presence that belongs to no
    /// conversation.</summary>
    public bool WatchesContacts { get; set; }

    /// <summary>True once the client listed its conversations: then it gets changes of the list.</summary>
    public bool WatchesList { get; set; }

    /// <summary>True once the client asked for names: then it is shown who has another one.</summary>
    public bool WatchesUsers { get; set; }

    /// <summary>True once the client asked for reports: then it is shown when they change.</summary>
    public bool WatchesReports { get; set; }

    /// <summary>Whose doings it is not shown. Null until that is known, which is before it is shown any.</summary>
    public BlockSet? Hidden { get; set; }

    /// <summary>True when joining a conversation is enough to be shown what others do.</summary>
    public bool WantsDoings => (Wanted & (SignalKind.Typing | SignalKind.Presence)) != SignalKind.None;

    /// <summary>Shows a signal to this connection alone, if it wants such signals. Never waits, and writes nothing on
    /// the caller's thread.</summary>
    public void Post(Signal signal) => Post(new EncodedSignal(signal));

    /// <summary>The same for one that other connections are shown too.</summary>
    public void Post(EncodedSignal signal)
    {
        var subscription = signal.Signal.Conversation is { } conversation ? Find(conversation) : null;
        if (Shows(signal.Signal, subscription) && Keep(new PendingSignal(signal, subscription)))
            ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.StartDrain(), this, preferLocal: false);
    }

    /// <summary>The same for signals of one conversation that other connections are shown too; from a thread that may
    /// write.</summary>
    internal void Post(Subscription? subscription, ReadOnlySpan<PendingSignal> signals)
    {
        var posted = false;
        foreach (var (signal, _) in signals)
            if (Shows(signal.Signal, subscription)) posted |= Keep(new PendingSignal(signal, subscription));
        if (posted) StartDrain();
    }

    private bool HasSignals => Volatile.Read(ref _signals) is not null;

    private bool Shows(Signal signal, Subscription? subscription)
    {
        if (!signal.IsFor(user)) return false;
        if (signal.TellsOfUser && Hidden is { } hidden && hidden.Contains(signal.User)) return false;
        if (signal is ListSignal list)
            return WatchesList && !(list.IsToldByLog && subscription is { ShowsSignals: true })
                && !IsOfBeforeRemoval(list, subscription);
        if (signal is UserSignal) return WatchesUsers;
        if (signal is ReportSignal) return WatchesReports;
        if (signal.Conversation is null) return WatchesContacts;
        return subscription is { ShowsSignals: true }
            && (Wanted.HasFlag(signal.Kind) || signal.Kind == SignalKind.Presence && subscription.WatchesPresence);
    }

    /// <summary>The user was removed since it was read. One that was added again has a later entry in it.</summary>
    private static bool IsOfBeforeRemoval(ListSignal list, Subscription? subscription) =>
        subscription is { Limit: not long.MaxValue and var limit } && list.Summary?.LastSequence < limit;

    private bool Keep(in PendingSignal signal)
    {
        lock (_gate)
        {
            if (_closed) return false;
            _signals ??= new PendingSignals(MaxPendingSignals, context.SignalMemory);
            return _signals.Add(signal);
        }
    }

    /// <summary>Writes in one go what waits. Called by the drain alone.</summary>
    private async ValueTask WriteSignalsAsync()
    {
        PendingSignal[] taken;
        lock (_gate)
        {
            taken = _signals?.Take(MaxPendingSignals) ?? [];
            _signals = null;
        }
        var entered = new List<Subscription>();
        try
        {
            await WriteSignalsAsync(taken, entered);
        }
        finally
        {
            foreach (var subscription in entered) subscription.Exit();
        }
    }

    /// <param name="taken">What waited.</param>
    /// <param name="entered">Takes up the subscriptions that are busy now, so that a leave waits for them.</param>
    private async ValueTask WriteSignalsAsync(PendingSignal[] taken, List<Subscription> entered)
    {
        EncodedBlock? first = null;
        List<EncodedBlock>? several = null;
        foreach (var (signal, subscription) in taken)
        {
            if (subscription is not null && signal.Signal.NeedsJoin && !entered.Contains(subscription))
            {
                if (!subscription.TryEnter()) continue; // left since it was posted
                entered.Add(subscription);
            }
            // Again: its user may have been removed since.
            if (!Shows(signal.Signal, subscription) || signal.Encode(format) is not { Bytes.Length: > 0 } one)
                continue;
            if (first is null) first = one;
            else (several ??= [first]).Add(one);
        }
        if (first is null) return;
        var block = several is null ? first : format.JoinSignalBlocks(several);
        var own = several is null ? 0 : block.Weight; // that of one signal is shared by all its readers
        context.SignalMemory.Add(own);
        try
        {
            if (await TryWriteAsync(block)) context.Metrics.SignalsDelivered(several?.Count ?? 1);
        }
        finally
        {
            context.SignalMemory.Add(-own);
        }
    }
}
