using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Notifications;

internal sealed record NotifiedConversation(
    ConversationId Id, Tenant Tenant, ConversationKind Kind, string? Title, long LastSequence);
