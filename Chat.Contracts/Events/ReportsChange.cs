using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>There is another open report, or one less.</summary>
/// <param name="ConversationId">Where.</param>
public sealed record ReportsChange(ConversationId ConversationId);
