using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>How far a participant has read. It never goes back.</summary>
/// <param name="ConversationId">Where.</param>
/// <param name="UserId">Who.</param>
/// <param name="Sequence">The last sequence read; 0 when nothing was.</param>
public sealed record ReadPosition(ConversationId ConversationId, UserId UserId, long Sequence);
