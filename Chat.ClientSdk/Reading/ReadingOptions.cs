using Chat.Contracts.Protocol;

namespace Chat.ClientSdk;

/// <summary>How conversations are read. Memory is bounded by these numbers, however slow a consumer is.</summary>
public sealed record ReadingOptions
{
    /// <summary>The newest entries that are kept for each conversation that is read. Default 1,024, at least 1. A reader further behind reads pages of history.</summary>
    public int KeepEntries { get; init; } = 1_024;

    /// <summary>The memory, in bytes and roughly, that those entries may take. Default 1 MiB; the newest entry is always kept.</summary>
    public long KeepBytes { get; init; } = 1024 * 1024;

    /// <summary>Entries in a page of history, and at most in a batch. Default and at most <see cref="ChatLimits.HistoryPage"/>, at least 1. A reader that catches up holds two pages.</summary>
    public int PageSize { get; init; } = ChatLimits.HistoryPage;

    /// <summary>How long a conversation stays joined after its last reader has ended, so that reading on is cheap. Default 30 seconds.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(30);

    internal ReadingOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepEntries, 1, nameof(KeepEntries));
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepBytes, 1, nameof(KeepBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(PageSize, 1, nameof(PageSize));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PageSize, ChatLimits.HistoryPage, nameof(PageSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(Linger, TimeSpan.Zero, nameof(Linger));
        return this;
    }
}
