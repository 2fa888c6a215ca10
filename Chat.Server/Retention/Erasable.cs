using Chat.Contracts.Identifiers;

namespace Chat.Server.Retention;

/// <summary>A message whose content is to go.</summary>
internal sealed record Erasable(long Id, ConversationId ConversationId, long Sequence, DateTimeOffset CreatedAt);
