using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Notifications;

internal sealed record UnreadParticipant(
    ConversationId Conversation, UserKey User, long LastRead, long? UnreadFrom);
