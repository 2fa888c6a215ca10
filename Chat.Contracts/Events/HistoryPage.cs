using Chat.Contracts.Entries;

namespace Chat.Contracts.Events;

/// <summary>A page of a conversation's log.</summary>
/// <remarks>It may be shorter than the limit that was asked for: it ends at
/// <see cref="Chat.Contracts.Protocol.ChatLimits.PageBytes"/> of content, with at least one entry. After a sequence
/// there is more while the last entry's is below <paramref name="Head"/>; before one, while the first entry's is above
/// 1.</remarks>
/// <param name="Entries">The entries, in ascending order.</param>
/// <param name="Head">The newest sequence of the conversation when the page was read.</param>
/// <param name="Generation">Identifies the log, see <see cref="JoinResult.Generation"/>.</param>
public sealed record HistoryPage(IReadOnlyList<ConversationEntry> Entries, long Head, string Generation = "");
