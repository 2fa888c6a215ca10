using Chat.Contracts.Events;

namespace Chat.Contracts.Commands;

/// <summary>Asks for a page of a conversation's log.</summary>
/// <remarks>Give one of <see cref="Before"/> and <see cref="After"/>, or neither for the newest entries. Entries
/// are always in ascending order.</remarks>
public sealed record HistoryQuery
{
    /// <summary>Only entries with a smaller sequence: the page that ends just before it.</summary>
    public long? Before { get; init; }

    /// <summary>Only entries with a larger sequence: the page that begins just after it.</summary>
    public long? After { get; init; }

    /// <summary>How many at most: 1 to 500, 50 by default. There may be fewer, see
    /// <see cref="HistoryPage"/>.</summary>
    public int? Limit { get; init; }

    /// <summary>Which entries; all of them by default. With <see cref="HistoryView.Main"/> and
    /// <see cref="HistoryView.Thread"/> the page has <see cref="HistoryPage.Current"/>.</summary>
    public HistoryView? View { get; init; }

    /// <summary>With <see cref="HistoryView.Thread"/>, and only then: the sequence of the thread's first
    /// message.</summary>
    public long? Thread { get; init; }
}
