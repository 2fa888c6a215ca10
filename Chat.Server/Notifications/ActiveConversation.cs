using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

internal sealed record ActiveConversation(ConversationId Id, long LastSequence);
