using Chat.Contracts.Commands;

namespace Chat.Contracts.Rules;

/// <summary>A page of a log: after a sequence, or else before one.</summary>
public readonly record struct CheckedPage(long? After, long Before, int Limit)
{
    /// <summary>Which entries.</summary>
    public HistoryView View { get; init; }

    /// <summary>Of a page of a thread: the sequence of its first message; else 0.</summary>
    public long Thread { get; init; }
}
