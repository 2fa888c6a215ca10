using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Notifications;

/// <param name="Id">Which.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Title">Or null.</param>
/// <param name="LastShown">The sequence of its newest entry that the main stream shows.</param>
internal sealed record NotifiedConversation(
    ConversationId Id, Tenant Tenant, ConversationKind Kind, string? Title, long LastShown);
