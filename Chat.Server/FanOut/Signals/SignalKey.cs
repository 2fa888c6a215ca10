using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

/// <param name="Kind">What kind.</param>
/// <param name="Conversation">Of which conversation; null: of none.</param>
/// <param name="User">About whom.</param>
/// <param name="Target">About which message; 0: none.</param>
internal readonly record struct SignalKey(
    SignalKind Kind, ConversationId? Conversation, UserId User, long Target = 0);
