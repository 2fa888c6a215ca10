using Chat.Server.Observers.Store;

namespace Chat.Server.Observers;

/// <summary>What the observers of this instance read at the end of the log: they come to the same places, so one reads
/// and the others take the same page.</summary>
internal sealed class ScanReads(IScanLog log, ObserverBell bell)
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile SharedPage? _last;

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
            var read = await ReadAloneAsync(after, ct);
            if (read.Page.Entries.Count > 0) _last = read;
            return read;
        }
        finally
        {
            _turn.Release();
        }
    }

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
