using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>Somebody began or ceased to type. It may be lost; the server itself reports the end when a typist falls
/// silent.</summary>
/// <param name="ConversationId">Where.</param>
/// <param name="UserId">Who.</param>
/// <param name="IsTyping">False when it is over: sent, given up, or not renewed in time.</param>
public sealed record TypingChange(ConversationId ConversationId, UserId UserId, bool IsTyping);
