using Chat.Server.Persistence;

namespace Chat.Server.Observers.Store;

/// <summary>Reads all logs in one, by the numbers of the rows. Failures are <see cref="StoreException"/>.</summary>
/// <remarks>A conversation's row is locked from before the numbers of its entries are taken until they are committed.
/// So of each conversation one snapshot shows a beginning of its log without holes, in the order of the numbers.
/// </remarks>
internal interface IScanLog
{
    /// <summary>Entries of a page, and bytes of their content: see <see cref="Persistence.Entries.PageLimit"/>.
    /// </summary>
    const int PageEntries = 5_000, PageBytes = 4 * 1024 * 1024;

    /// <summary>What one snapshot has in these gaps and behind the top: one page.</summary>
    /// <param name="gaps">Numbers up to the top that were not there before.</param>
    /// <param name="top">The largest number that was there.</param>
    /// <param name="ct">Cancels waiting.</param>
    Task<ScanPage> ReadAsync(IReadOnlyList<IdRange> gaps, long top, CancellationToken ct);

    /// <summary>The transactions that write the log now, or may: one of them may have taken a number that is not
    /// there. Empty where numbers are taken in the order of the commits.</summary>
    Task<HashSet<string>> FindWritersAsync(CancellationToken ct);

    /// <summary>The largest number; 0: there is none.</summary>
    Task<long> FindEndAsync(CancellationToken ct);

    /// <summary>Up to where everything is older than this time: all that was stored then or later has a larger number.
    /// </summary>
    Task<long> FindBeforeAsync(DateTimeOffset time, CancellationToken ct);
}
