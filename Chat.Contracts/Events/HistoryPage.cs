using Chat.Contracts.Entries;

namespace Chat.Contracts.Events;

/// <summary>A page of a conversation's log.</summary>
/// <param name="Entries">The entries, in ascending order.</param>
/// <param name="Head">The newest sequence of the conversation when the page was read.</param>
public sealed record HistoryPage(IReadOnlyList<ConversationEntry> Entries, long Head);
