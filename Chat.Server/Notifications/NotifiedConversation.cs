using Chat.Contracts.Entries;

namespace Chat.Server.Notifications;

internal sealed record NotifiedConversation(ConversationKind Kind, string? Title);
