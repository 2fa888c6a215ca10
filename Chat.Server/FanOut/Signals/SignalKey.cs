using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Signals;

internal readonly record struct SignalKey(SignalKind Kind, ConversationId? Conversation, UserId User);
