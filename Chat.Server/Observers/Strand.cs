using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Observers.Store;

namespace Chat.Server.Observers;

/// <summary>Shows its share of the conversations of a page, batch by batch, in order.</summary>
/// <remarks>What fails is shown again, each conversation alone; what still fails is parked. When nothing works any more
/// the observer stalls: what is pending stays so.</remarks>
internal sealed class Strand(ObserverSession session)
{
    private List<LoggedEntry> _pending = [];
    private int _next;
    private int _stalls;

    /// <summary>The first entry that was not shown; null: all were.</summary>
    public LoggedEntry? First => _next < _pending.Count ? _pending[_next] : null;

    /// <summary>Adds one behind the others. Not while it runs.</summary>
    public void Add(in LoggedEntry entry)
    {
        if (_next == _pending.Count)
        {
            _pending.Clear();
            _next = 0;
        }
        _pending.Add(entry);
    }

    /// <summary>Ends when nothing is pending, or when the observer stalls.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (_next < _pending.Count && !session.Failing.IsWaiting)
        {
            var (batch, end) = NextBatch();
            if (batch.Count == 0 || await TryAsync(batch, ct) is null) MoveTo(end);
            else if (session.Failing.StalledUntil is not null) await TryOneAsync(batch, ct);
            else if (!await ShowApartAsync(batch, end, ct)) return;
        }
    }

    private (List<ConversationEntry> Batch, int End) NextBatch()
    {
        var batch = new List<ConversationEntry>();
        var end = _next;
        for (; end < _pending.Count && batch.Count < session.Options.BatchSize; end++)
            if (!session.IsParked(_pending[end].Entry.ConversationId)) batch.Add(_pending[end].Entry);
        return (batch, end);
    }

    private async Task<Exception?> TryAsync(IReadOnlyList<ConversationEntry> entries, CancellationToken ct)
    {
        var error = await session.Showing.TryAsync(entries, ct);
        if (error is null) session.Succeeded();
        return error;
    }

    /// <summary>While it stalls one conversation is tried, another one each time: any success ends it.</summary>
    private async Task TryOneAsync(List<ConversationEntry> batch, CancellationToken ct)
    {
        var each = batch.GroupBy(entry => entry.ConversationId).ToList();
        if (await TryAsync([.. each[_stalls++ % each.Count]], ct) is { } error) session.StallsOn(error);
    }

    /// <returns>False: it stalls.</returns>
    private async Task<bool> ShowApartAsync(List<ConversationEntry> batch, int end, CancellationToken ct)
    {
        var shown = new HashSet<ConversationId>();
        var failed = new List<Parked>();
        var stalls = false;
        foreach (var one in batch.GroupBy(entry => entry.ConversationId))
        {
            List<ConversationEntry> entries = [.. one];
            var error = await TryAsync(entries, ct);
            if (error is null) shown.Add(one.Key);
            else if (session.Failed(error)) stalls = true;
            else failed.Add(session.ToPark(one.Key, entries[0].Sequence - 1, attempts: 1, error));
            if (stalls) break;
        }
        stalls = stalls || !await session.ParkAsync(failed, ct);
        if (!stalls) MoveTo(end);
        else if (shown.Count > 0) Leave(end, shown);
        return !stalls;
    }

    /// <summary>Leaves out what was shown of the batch; the rest stays pending.</summary>
    private void Leave(int end, HashSet<ConversationId> shown)
    {
        List<LoggedEntry> rest =
        [
            .. _pending.Take(_next..end).Where(one => !shown.Contains(one.Entry.ConversationId)),
            .. _pending.Skip(end),
        ];
        lock (session.Gate) (_pending, _next) = (rest, 0);
        session.Advance(shown.Count);
    }

    private void MoveTo(int end)
    {
        var entries = end - _next;
        lock (session.Gate) _next = end;
        session.Advance(entries);
    }
}
