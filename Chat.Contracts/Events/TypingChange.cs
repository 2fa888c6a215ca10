using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>A user started or stopped typing. It may be lost. The server reports the end when a user does not
/// renew it.</summary>
/// <param name="ConversationId">Where.</param>
/// <param name="UserId">Who.</param>
/// <param name="IsTyping">False when typing ended: sent, given up, or not renewed in time.</param>
public sealed record TypingChange(ConversationId ConversationId, UserId UserId, bool IsTyping);
