using Chat.Contracts.Entries;
using Chat.Server.Observers.Store;

namespace Chat.Server.Observers;

/// <summary>Reads all logs in one, from a mark on, ahead of gaps.</summary>
/// <remarks>Numbers are given before the commit, so a later one may be there before an earlier one, or one may never
/// come. That never concerns the order within a conversation (<see cref="IScanLog"/>), so rows behind a gap are shown
/// at once; the gap only holds the mark. It is over when nobody who wrote when it was seen still does, and a read that
/// began after that was known does not have it.</remarks>
internal sealed class Scan(IScanLog log, ScanReads reads, long mark)
{
    /// <summary>With so many gaps it looks at nothing new.</summary>
    private const int MostGaps = 10_000;

    private readonly Gaps _gaps = new();

    /// <summary>The largest number that was there.</summary>
    public long Top { get; private set; } = mark;

    /// <summary>Everything up to here was read, or will never be there.</summary>
    public long Mark => _gaps.First - 1 ?? Top;

    /// <summary>Whether a gap may still be filled, or turn out to be none.</summary>
    public bool HasGaps => !_gaps.IsEmpty;

    /// <summary>Whether there may be more now than what was found: not all was looked at, or the bell has rung since
    /// the page was asked for. If not, whatever comes rings.</summary>
    public bool MayHaveMore { get; private set; }

    /// <summary>The next rows that are there and were not read, ascending; none when there is nothing now.</summary>
    /// <exception cref="Persistence.StoreException">The scan is of no use any more.</exception>
    public async Task<List<LoggedEntry>> NextAsync(CancellationToken ct)
    {
        if (_gaps.IsEmpty)
        {
            var next = await reads.ReadAsync(Top, ct);
            await AddGapsAsync(Take(next.Page), ct);
            return Found(next.Page, next.Rings);
        }
        var (rings, isFull) = (reads.Rings, _gaps.Count >= MostGaps);
        // First the writers, then the rows: of a writer that has ended by then, all rows are seen.
        var writers = await log.FindWritersAsync(ct);
        var top = isFull ? long.MaxValue - 1 : Top;
        var page = await log.ReadAsync(_gaps.Ranges, top, ct);
        var fresh = Take(page);
        _gaps.RemoveDead(writers, upTo: page.IsCut ? page.Entries[^1].Id : long.MaxValue);
        await AddGapsAsync(fresh, ct);
        return Found(page, rings, isFull);
    }

    private List<LoggedEntry> Found(ScanPage page, long rings, bool isLess = false)
    {
        MayHaveMore = isLess || page.IsCut || rings != reads.Rings;
        return page.Entries;
    }

    /// <returns>The gaps that were not known.</returns>
    private List<IdRange> Take(ScanPage page)
    {
        var fresh = new List<IdRange>();
        foreach (var (id, _) in page.Entries)
        {
            if (id <= Top)
            {
                _gaps.Remove(id);
                continue;
            }
            if (id > Top + 1) fresh.Add(new IdRange(Top + 1, id - 1));
            Top = id;
        }
        return fresh;
    }

    private async Task AddGapsAsync(List<IdRange> fresh, CancellationToken ct)
    {
        if (fresh.Count == 0) return;
        // Asked after the page: a writer that took one of these numbers has ended by now, or is found here.
        var writers = await log.FindWritersAsync(ct);
        foreach (var range in fresh) _gaps.Add(range, writers);
    }
}
