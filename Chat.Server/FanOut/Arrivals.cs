using System.Diagnostics;
using Chat.Contracts.Entries;

namespace Chat.Server.FanOut;

/// <summary>Receives the entries of one conversation and passes them to its feed in order, each once.</summary>
/// <remarks>It accepts only the entry after the head. A repeated entry is dropped; a hole waits briefly for the missing
/// entries and is then filled from the log. So readers see all entries in order, even if entries are lost or reordered
/// on their way.</remarks>
/// <param name="feed">The readers' view; owns the head.</param>
/// <param name="gate">The feed's lock: the head and the entries beyond it change together.</param>
/// <param name="context">What all feeds share.</param>
internal sealed class Arrivals(Feed feed, Lock gate, FeedContext context)
{
    private readonly SortedDictionary<long, ConversationEntry> _early = [];
    private long _earlyWeight;
    private long _reported;
    private int _reports;
    private bool _filling;
    private int _restarts;

    /// <summary>What it holds of entries that came early.</summary>
    internal long Weight_NeedsLock => _earlyWeight;

    /// <summary>True while a hole is being filled from the log.</summary>
    internal bool IsFilling_NeedsLock => _filling;

    /// <summary>Takes an entry; entries may repeat, be late, or leave holes. Readers learn of it from
    /// <see cref="Feed.Announce"/>.</summary>
    /// <returns>True when the head moved.</returns>
    public bool Accept(ConversationEntry entry)
    {
        lock (gate)
        {
            var before = feed.Head;
            Take_NeedsLock(entry);
            if (_early.Count > 0) StartFilling_NeedsLock(afterGap: true);
            feed.Weigh_NeedsLock();
            return feed.Head != before;
        }
    }

    /// <summary>Reports that the log reaches at least this sequence; missing entries are read from the log.</summary>
    public void Observe(long sequence)
    {
        lock (gate)
        {
            if (sequence <= feed.Head) return;
            Report_NeedsLock(sequence);
            StartFilling_NeedsLock(afterGap: false);
        }
    }

    /// <summary>The log was put back: entries that came early belong to the lost part.</summary>
    internal void Restart_NeedsLock()
    {
        Debug.Assert(gate.IsHeldByCurrentThread);
        Forget_NeedsLock();
        _restarts++;
    }

    private void Forget_NeedsLock()
    {
        _early.Clear();
        _earlyWeight = 0;
        _reported = feed.Head;
    }

    private void Take_NeedsLock(ConversationEntry entry)
    {
        Debug.Assert(gate.IsHeldByCurrentThread);
        if (feed.IsDoubtful_NeedsLock) return; // it is read from the log once that reaches this place
        if (entry.Sequence > feed.Head + 1)
        {
            // During a hole it is useless to hold more than memory would keep: the log has them all.
            if (_early.Count < context.Options.FeedCapacity && _earlyWeight < context.Options.FeedBytes
                && _early.TryAdd(entry.Sequence, entry)) _earlyWeight += EntryWeight.Of(entry);
            Report_NeedsLock(entry.Sequence);
        }
        else if (entry.Sequence == feed.Head + 1)
        {
            feed.Append_NeedsLock(entry);
            TakeEarly_NeedsLock();
        }
        else feed.Compare_NeedsLock(entry);
    }

    private void TakeEarly_NeedsLock()
    {
        while (_early.Count > 0)
        {
            var (sequence, entry) = _early.First();
            if (sequence > feed.Head + 1) return;
            _early.Remove(sequence);
            _earlyWeight -= EntryWeight.Of(entry);
            if (sequence == feed.Head + 1) feed.Append_NeedsLock(entry);
        }
    }

    private void Report_NeedsLock(long sequence)
    {
        _reported = Math.Max(_reported, sequence);
        _reports++;
    }

    private void StartFilling_NeedsLock(bool afterGap)
    {
        if (_filling) return;
        _filling = true;
        context.Run(() => FillAsync(afterGap));
    }

    private async Task FillAsync(bool afterGap)
    {
        var ct = context.Stopping;
        if (afterGap) await Task.Delay(TimeSpan.FromMilliseconds(context.Options.GapMilliseconds), context.Time, ct);
        for (var failures = 0; NeedsFilling(out var from, out var asked);)
        {
            try
            {
                // With the entry that is already present: it shows whether the following ones belong to it.
                var page = await context.Log.ReadEntriesAsync(feed.Conversation, Math.Max(0, from - 1),
                    context.Options.CatchUpPage + 1, ct);
                failures = 0;
                if (!TakePage(page, asked)) return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // the log cannot be read now; it is retried
                await LogReader.Retries.WaitAsync(failures++, context.Time, ct);
            }
        }
    }

    private bool NeedsFilling(out long from, out (int Reports, int Restarts) asked)
    {
        lock (gate)
        {
            (from, asked) = (feed.Head, (_reports, _restarts));
            _filling = feed.Head < _reported;
            if (_filling) context.Metrics.FeedGap();
            return _filling;
        }
    }

    /// <returns>False when the log does not have the reported sequence: such a report is dropped, unless another came
    /// during the read.</returns>
    private bool TakePage(List<ConversationEntry> page, (int Reports, int Restarts) asked)
    {
        lock (gate)
        {
            if (_restarts != asked.Restarts) return true; // of the former log
            var isBroken = page.Exists(entry => entry.Sequence <= feed.Head && !feed.Compare_NeedsLock(entry));
            if (isBroken || page.Count == 0 || page[^1].Sequence <= feed.Head)
            {
                if (_reports != asked.Reports && !isBroken) return true;
                Forget_NeedsLock();
                feed.Weigh_NeedsLock();
                return _filling = false;
            }
            foreach (var entry in page) Take_NeedsLock(entry);
            feed.Weigh_NeedsLock();
            feed.Announce_NeedsLock();
            return true;
        }
    }
}
