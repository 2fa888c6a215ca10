using Chat.ClientSdk.Link;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;

namespace Chat.ClientSdk.Reading;

/// <summary>One consumer of a feed: a cursor, and at most one page that is fetched ahead. One call at a time.</summary>
internal sealed class FeedReader(ConversationFeed feed, long? after) : IDisposable
{
    private readonly WakeUp _wake = new();
    private readonly CancellationTokenSource _disposed = new();
    private Task<HistoryPage>? _ahead;
    private ConversationEntry? _last; // that was returned
    private HistoryPage? _toCompare;
    private long _cursor = after ?? 0;
    private bool _started;

    public ConversationFeed Feed => feed;

    /// <summary>The last sequence that was returned.</summary>
    public long Cursor => _cursor;

    /// <summary>The generation in which the cursor was saved; null: it begins now.</summary>
    public string? SavedIn { get; init; }

    /// <summary>Called when returned entries no longer exist, before further ones are returned.</summary>
    public Func<long, Task>? Restarted { get; set; }

    /// <summary>Called by the feed: the log was put back, and this is its new end.</summary>
    public void Compare(HistoryPage page) => Volatile.Write(ref _toCompare, page);

    /// <summary>Called by the feed: there are new entries.</summary>
    public void Wake() => _wake.Call();

    /// <summary>Waits until the conversation is joined, and checks the cursor.</summary>
    /// <returns>The cursor.</returns>
    /// <exception cref="ChatRefusedException">The conversation may not be read, or the cursor is beyond its
    /// end.</exception>
    public async ValueTask<long> StartAsync(CancellationToken ct)
    {
        if (_started) return _cursor;
        long? head;
        using (ct.UnsafeRegister(static reader => ((FeedReader)reader!).Wake(), this))
            while ((head = feed.Head) is null)
            {
                ct.ThrowIfCancellationRequested();
                await _wake.SleepAsync().ConfigureAwait(false);
            }
        _wake.Call(); // one wake-up is for one sleeper: other reasons are checked next
        _cursor = after ?? head.Value;
        if (SavedIn is { Length: > 0 } && feed.Generation.Length > 0 && SavedIn != feed.Generation)
        {
            // Entries that were read before are not known here: a cursor beyond the end is moved to the end.
            _cursor = Math.Min(_cursor, head.Value);
            feed.TellDiscontinuity(_cursor);
        }
        else if (_cursor > head) await CheckCursorAsync(ct).ConfigureAwait(false);
        _started = true;
        return _cursor;
    }

    /// <summary>Continues after this entry instead; null: from the beginning.</summary>
    public void MoveTo(ConversationEntry? last) =>
        (_cursor, _last, _ahead, _started) = (last?.Sequence ?? 0, last, null, true);

    /// <summary>The next entries, at least one, as soon as there are any; null when the user was removed and there will
    /// be no more.</summary>
    public async ValueTask<IReadOnlyList<ConversationEntry>?> NextAsync(CancellationToken ct)
    {
        await StartAsync(ct).ConfigureAwait(false);
        for (var empty = 0; ;)
        {
            ct.ThrowIfCancellationRequested();
            var step = feed.Next(_cursor, out var entries);
            // After the feed was read: from then on it returns entries of the current log.
            if (Interlocked.Exchange(ref _toCompare, null) is { } end)
            {
                await CompareAsync(end).ConfigureAwait(false);
                continue;
            }
            switch (step)
            {
                case FeedStep.Take:
                    _ahead = null;
                    return Advance(entries);
                case FeedStep.ReadPage when await TakePageAsync(ct).ConfigureAwait(false) is { Count: > 0 } page:
                    return page;
                case FeedStep.ReadPage when Volatile.Read(ref _toCompare) is not null:
                    break;
                case FeedStep.ReadPage:
                    // History does not have an entry yet that was pushed: the server reads from a database that is
                    // behind.
                    await feed.PauseAsync(empty++, ct).ConfigureAwait(false);
                    break;
                case FeedStep.End:
                    return null;
                default:
                    await SleepAsync(ct).ConfigureAwait(false);
                    break;
            }
        }
    }

    public void Dispose()
    {
        feed.Detach(this);
        _disposed.Cancel(); // not disposed: a page may be on its way, and it has no timer
    }

    private async ValueTask SleepAsync(CancellationToken ct)
    {
        using (ct.UnsafeRegister(static reader => ((FeedReader)reader!).Wake(), this))
            await _wake.SleepAsync().ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<ConversationEntry>> TakePageAsync(CancellationToken ct)
    {
        var page = await (_ahead ?? FetchAsync()).WaitAsync(ct).ConfigureAwait(false);
        _ahead = null;
        var entries = Contiguous(page.Entries);
        if (entries.Count == 0 || Volatile.Read(ref _toCompare) is not null) return [];
        Advance(entries);
        // The next page is fetched while the consumer works on this one.
        if (feed.NeedsPage(_cursor)) _ahead = FetchAsync();
        return entries;
    }

    private Task<HistoryPage> FetchAsync()
    {
        var query = new HistoryQuery { After = _cursor, Limit = feed.PageSize };
        var fetching = feed.Calls.CallAsync(hub => hub.History(feed.Conversation, query), _disposed.Token);
        LateAnswer.Drop(fetching); // in case it is not awaited
        return fetching;
    }

    private T Advance<T>(T entries) where T : IReadOnlyList<ConversationEntry>
    {
        _last = entries[^1];
        _cursor = _last.Sequence;
        return entries;
    }

    /// <summary>Entries never change, so a log that has the last returned entry has all before it. Times increase along
    /// a log: if it has not, the entries that are not later are those that both logs have.</summary>
    private async ValueTask CompareAsync(HistoryPage end)
    {
        _ahead = null;
        var first = end.Entries.Count > 0 ? end.Entries[0].Sequence : end.Head + 1;
        if (_cursor <= end.Head && (_last is null || _cursor < first)) return; // unless entries were lost
        if (_last is { } last)
        {
            if (end.Entries.Any(entry => entry.Id == last.Id)) return;
            var common = end.Entries.LastOrDefault(entry => entry.CreatedAt <= last.CreatedAt)?.Sequence ?? first - 1;
            _cursor = Math.Min(common, _cursor - 1);
        }
        else _cursor = end.Head;
        _last = end.Entries.FirstOrDefault(entry => entry.Sequence == _cursor);
        feed.TellDiscontinuity(_cursor);
        if (Restarted is { } restarted) await restarted(_cursor).ConfigureAwait(false);
    }

    /// <summary>The entries of a page that follow the cursor without a hole: all of them, unless the server has a
    /// fault.</summary>
    private IReadOnlyList<ConversationEntry> Contiguous(IReadOnlyList<ConversationEntry> entries)
    {
        var whole = 0;
        while (whole < entries.Count && entries[whole].Sequence == _cursor + 1 + whole) whole++;
        return whole == entries.Count ? entries : [.. entries.Take(whole)];
    }

    private async ValueTask CheckCursorAsync(CancellationToken ct)
    {
        // The head in the answer to a join may be behind; history's is the database's.
        var page = await feed.Calls.CallAsync(
            hub => hub.History(feed.Conversation, new HistoryQuery { After = _cursor, Limit = 1 }), ct)
            .ConfigureAwait(false);
        if (page.Entries.Count == 0 && page.Head < _cursor)
            throw new ChatRefusedException(
                new ChatError(ChatErrorCode.BadRequest,
                    $"after must be at most {page.Head}, the conversation's newest sequence"));
    }
}
