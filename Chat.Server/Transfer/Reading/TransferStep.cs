using Chat.Server.Persistence.Entries;
using Chat.Server.Transfer.Lines;

namespace Chat.Server.Transfer.Reading;

/// <summary>A line that was looked at, and what goes with it.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Line">What it says.</param>
internal sealed record TransferStep(long Number, TransferLine Line)
{
    /// <summary>The conversation that it belongs to; null: to none.</summary>
    public ConversationLine? Conversation { get; init; }

    /// <summary>The conversation that ended before it; null: none did.</summary>
    public LogEnd? Ended { get; init; }

    /// <summary>Of an entry: how it is stored.</summary>
    public EntryContent Content { get; init; }

    /// <summary>Of an entry: the last shown one before it; null: the one directly before.</summary>
    public long? ShownBefore { get; init; }
}
