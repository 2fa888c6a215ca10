using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

internal sealed record UnreadParticipant(ConversationId Conversation, UserId User, long LastRead);
