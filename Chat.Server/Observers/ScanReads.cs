using Chat.Server.Observers.Store;

namespace Chat.Server.Observers;

/// <summary>What the observers of this instance read at the end of the log: they come to the same places, so one reads
/// and the others take the same page.</summary>
internal sealed class ScanReads(IScanLog log)
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile Read? _last;

    /// <summary>What is behind the number, or was a moment ago.</summary>
    public async Task<ScanPage> ReadAsync(long after, CancellationToken ct)
    {
        if (_last is { } known && after <= known.After)
            // One that is far behind reads for itself, and holds up nobody.
            return after == known.After ? known.Page : await log.ReadAsync([], after, ct);
        await _turn.WaitAsync(ct);
        try
        {
            if (_last is { } last && last.After == after) return last.Page;
            var page = await log.ReadAsync([], after, ct);
            if (page.Entries.Count > 0) _last = new Read(after, page);
            return page;
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record Read(long After, ScanPage Page);
}
