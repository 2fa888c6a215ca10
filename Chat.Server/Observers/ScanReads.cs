using Chat.Server.Observers.Store;

namespace Chat.Server.Observers;

/// <summary>What the observers of this instance read at the end of the log: they come to the same places, so one reads
/// and the others take the same page.</summary>
/// <param name="log">What is read.</param>
/// <param name="bell">Says that there is something.</param>
/// <param name="time">The machine's, to rest by: not that of the application, which may stand still.</param>
internal sealed class ScanReads(IScanLog log, ObserverBell bell, TimeProvider time)
{
    /// <summary>From one read at the end of the log to the next: what is stored meanwhile is read together. A lone
    /// entry is read at once.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile SharedPage? _last;
    private long? _readAt; // null: not at the end yet

    /// <summary>How often something was said to be committed.</summary>
    public long Rings => bell.Rings;

    /// <summary>What is behind the number, or was a moment ago.</summary>
    public async Task<SharedPage> ReadAsync(long after, CancellationToken ct)
    {
        if (_last is { } known && after <= known.After)
            // One that is far behind reads for itself, and holds up nobody.
            return after == known.After ? known : await ReadAloneAsync(after, ct);
        await _turn.WaitAsync(ct);
        try
        {
            if (_last is { } last && last.After == after) return last;
            await RestAsync(ct);
            var now = time.GetTimestamp();
            var read = await ReadAloneAsync(after, ct);
            _readAt = read.Page.IsCut ? null : now;
            if (read.Page.Entries.Count > 0) _last = read;
            return read;
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task RestAsync(CancellationToken ct) =>
        _readAt is { } last && Rest - time.GetElapsedTime(last) is var left && left > TimeSpan.Zero
            ? Task.Delay(left, time, ct)
            : Task.CompletedTask;

    private async Task<SharedPage> ReadAloneAsync(long after, CancellationToken ct)
    {
        var rings = Rings;
        return new SharedPage(after, rings, await log.ReadAsync([], after, ct));
    }

    /// <param name="After">What it is behind.</param>
    /// <param name="Rings">How often the bell had rung when it was asked for.</param>
    /// <param name="Page">What was there.</param>
    internal sealed record SharedPage(long After, long Rings, ScanPage Page);
}
