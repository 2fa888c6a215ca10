using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Concurrency;
using Chat.Server.Observers.Store;

namespace Chat.Server.Observers;

/// <summary>One observer, from the moment when this instance took it until it is lost or given back.</summary>
internal sealed partial class ObserverSession : IDisposable
{
    /// <summary>Between two looks at a gap: the pause doubles, and begins again when something is found.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(20),
        LastLook = TimeSpan.FromMilliseconds(500);

    /// <summary>So long it waits for the bell without a look: a ring may be lost.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>What is due already is waited for so long.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly ObserverRegistration _observer;
    private readonly ObserverContext _context;
    private readonly Scan _scan;
    private readonly Strand[] _strands;
    private readonly ParkedOnes _parked;
    private readonly LeaseKeeper _keeper;
    private readonly CancellationTokenSource _lost = new();
    private readonly WakeOnce _rung = new();
    private TimeSpan _look = FirstLook;

    /// <param name="observer">Which.</param>
    /// <param name="lease">What it was given.</param>
    /// <param name="asked">When it asked for the lease: a timestamp of the clock.</param>
    /// <param name="context">The rest.</param>
    public ObserverSession(ObserverRegistration observer, Lease lease, long asked, ObserverContext context)
    {
        (_observer, _context) = (observer, context);
        Failing = new Failing(context.Time);
        Showing = new Showing(observer, context);
        _scan = new Scan(context.Stores.Log, context.Reads, lease.Mark);
        _strands = [.. Enumerable.Range(0, Options.Concurrency).Select(_ => new Strand(this))];
        _parked = new ParkedOnes(this);
        _keeper = new LeaseKeeper(Name, lease, asked, context);
    }

    public string Name => _observer.Name;

    public ChatObserverOptions Options => _observer.Options;

    public ObserverStores Stores => _context.Stores;

    public DateTimeOffset Now => _context.Time.GetUtcNow();

    public Showing Showing { get; }

    public Failing Failing { get; }

    /// <summary>Held while a strand moves on, and while the mark is computed from all strands.</summary>
    public Lock Gate { get; } = new();

    public bool IsStalled => Failing.StalledUntil is not null;

    public int ParkedCount => _parked.Count;

    /// <summary>Numbers between the mark and the end of the log.</summary>
    public long EntriesBehind => Math.Max(0, Math.Max(_context.Bell.End, _keeper.Mark) - _keeper.Mark);

    /// <summary>How old the first entry is that waits to be shown.</summary>
    public double SecondsBehind
    {
        get
        {
            lock (Gate)
                return _strands.Select(strand => strand.First).OfType<LoggedEntry>()
                    .Select(first => Math.Max(0, (Now - first.Entry.CreatedAt).TotalSeconds)).DefaultIfEmpty().Max();
        }
    }

    public bool Wants(ConversationEntry entry) => _observer.Wants(entry);

    public bool IsParked(ConversationId conversation) => _parked.Has(conversation);

    /// <summary>Runs it until this instance stops, or another one may have it.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, _lost.Token);
        var keeping = KeepAsync(ending.Token);
        _context.Bell.Rung += _rung.Set;
        _context.Metrics.Add(this);
        try
        {
            await Showing.BeginAsync(_keeper.Lease.Epoch);
            await FollowAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // NOTE: what was not shown to its end is shown again.
        }
        finally
        {
            _context.Metrics.Remove(this);
            _context.Bell.Rung -= _rung.Set;
            await _lost.CancelAsync();
            await keeping;
            await _keeper.ReleaseAsync(); // does nothing where it is lost
        }
    }

    public void Dispose() => _lost.Dispose();

    /// <summary>Computes the mark: everything before what any strand still has to show.</summary>
    /// <param name="entries">How many were shown.</param>
    public void Advance(int entries)
    {
        lock (Gate)
        {
            var mark = _scan.Mark;
            foreach (var strand in _strands)
                if (strand.First is { } first) mark = Math.Min(mark, first.Id - 1);
            _keeper.Move(mark, entries);
        }
    }

    public void Succeeded()
    {
        if (Failing.Succeeded()) Log.GoesOn(_context.Logger, Name);
    }

    /// <summary>A conversation failed.</summary>
    /// <returns>True: the observer stalls.</returns>
    public bool Failed(Exception error)
    {
        if (!Failing.Failed()) return false;
        Log.Stalls(_context.Logger, Name, error);
        return true;
    }

    /// <summary>The observer stalls already, and its next try failed.</summary>
    public void StallsOn(Exception error)
    {
        Failing.Stall();
        Log.Stalls(_context.Logger, Name, error);
    }

    public Parked ToPark(ConversationId conversation, long position, int attempts, Exception error)
    {
        Log.Failed(_context.Logger, Name, conversation, attempts, error);
        return new Parked(conversation, position, attempts, Now + Failing.Pauses.Next(attempts - 1),
            $"{error.GetType().Name}: {error.Message}");
    }

    /// <returns>False: there are too many, and the observer stalls.</returns>
    public async Task<bool> ParkAsync(List<Parked> failed, CancellationToken ct)
    {
        if (failed.Count == 0) return true;
        if (_parked.Count + failed.Count > Failing.MostParked)
        {
            Failing.Stall();
            Log.TooMany(_context.Logger, Name, Failing.MostParked);
            return false;
        }
        Check(await Stores.Parked.PutAsync(Name, _keeper.Lease, failed, ct), ct);
        _parked.Put(failed);
        return true;
    }

    /// <summary>Notes how far a parked conversation is.</summary>
    public async Task MoveParkedAsync(Parked one, CancellationToken ct)
    {
        Check(await Stores.Parked.PutAsync(Name, _keeper.Lease, [one], ct), ct);
        _parked.Put([one]);
    }

    public async Task UnparkAsync(ConversationId conversation, CancellationToken ct) =>
        Check(await Stores.Parked.RemoveAsync(Name, _keeper.Lease, conversation, ct), ct);

    private void Check(bool isOurs, CancellationToken ct)
    {
        if (isOurs) return;
        _lost.Cancel();
        ct.ThrowIfCancellationRequested();
    }

    private async Task KeepAsync(CancellationToken ct)
    {
        await _keeper.KeepAsync(ct);
        await _lost.CancelAsync();
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        _parked.Put(await Stores.Parked.FindAsync(Name, ct));
        while (true)
        {
            var hasMore = !IsPending && await ReadAsync(ct);
            if (IsPending && !Failing.IsWaiting) await ShowAsync(ct);
            await _parked.TryDueAsync(ct);
            if (!hasMore || IsPending) await WaitAsync(ct);
        }
    }

    private bool IsPending => Array.Exists(_strands, static strand => strand.First is not null);

    /// <returns>False: there is nothing more now.</returns>
    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        var entries = await _scan.NextAsync(ct);
        if (entries.Count == 0 && _context.Bell.End < _scan.Top && await Stores.Log.FindEndAsync(ct) < _scan.Top)
        {
            await _lost.CancelAsync(); // the instance that takes it next finds that the mark is past the end
            ct.ThrowIfCancellationRequested();
        }
        foreach (var entry in entries)
            if (Wants(entry.Entry)) StrandOf(entry.Entry.ConversationId).Add(entry);
        Advance(0);
        if (entries.Count == 0) return false;
        _look = FirstLook;
        _context.Bell.End = Math.Max(_context.Bell.End, _scan.Top);
        return _scan.MayHaveMore;
    }

    private Strand StrandOf(ConversationId conversation) =>
        _strands[(uint)conversation.GetHashCode() % (uint)_strands.Length];

    private async Task ShowAsync(CancellationToken ct)
    {
        if (_strands.Length == 1)
        {
            await _strands[0].RunAsync(ct);
            return;
        }
        await Task.WhenAll(_strands.Select(async strand =>
        {
            try
            {
                await strand.RunAsync(ct);
            }
            catch
            {
                await _lost.CancelAsync(); // the others need not go on
                throw;
            }
        }));
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        var now = Now;
        var wait = _scan.HasGaps ? _look : Quiet;
        if (_scan.HasGaps) _look = Min(2 * _look, LastLook);
        if (_parked.NextAt is { } next) wait = Min(wait, next - now);
        if (IsPending && Failing.StalledUntil is { } until)
            // Nothing is read now, so the bell says nothing.
            await Task.Delay(Max(Min(wait, until - now), Shortest), _context.Time, ct);
        else await _rung.WaitAsync(Max(wait, Shortest), _context.Time, ct);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
