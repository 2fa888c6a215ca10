using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

internal sealed record NotifiedConversation(
    ConversationId Id, ConversationKind Kind, string? Title, long LastSequence);
