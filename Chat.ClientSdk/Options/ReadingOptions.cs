using Chat.Contracts.Protocol;

namespace Chat.ClientSdk;

/// <summary>How conversations are read. Memory is bounded by these numbers, however slow a consumer is.</summary>
public sealed record ReadingOptions
{
    /// <summary>Number of newest entries kept in memory per conversation that is read. Default 1,024, at least 1. A
    /// reader further behind reads pages of history.</summary>
    public int KeepEntries { get; init; } = 1_024;

    /// <summary>Approximate memory of those entries in bytes. Default 1 MiB; the newest entry is always kept.</summary>
    public long KeepBytes { get; init; } = 1024 * 1024;

    /// <summary>Entries per page of history, and at most per batch. Default and maximum
    /// <see cref="ChatLimits.HistoryPage"/>, at least 1. A reader that catches up holds two pages.</summary>
    public int PageSize { get; init; } = ChatLimits.HistoryPage;

    /// <summary>How long a conversation stays joined after its last reader has ended, so that reading again is cheap.
    /// Default 30 seconds.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(30);

    internal IEnumerable<string> Problems()
    {
        if (KeepEntries < 1) yield return $"Reading.KeepEntries must be at least 1; it is {KeepEntries}.";
        if (KeepBytes < 1) yield return $"Reading.KeepBytes must be at least 1; it is {KeepBytes}.";
        if (PageSize is < 1 or > ChatLimits.HistoryPage)
            yield return $"Reading.PageSize must be from 1 to {ChatLimits.HistoryPage}; it is {PageSize}.";
        if (Linger < TimeSpan.Zero) yield return $"Reading.Linger must not be negative; it is {Linger}.";
    }
}
