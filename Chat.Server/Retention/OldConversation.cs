using Chat.Contracts.Identifiers;

namespace Chat.Server.Retention;

/// <summary>A conversation with entries that are old enough.</summary>
/// <param name="Id">Which.</param>
/// <param name="Erased">Up to there nothing is left.</param>
/// <param name="Last">Its newest sequence.</param>
internal sealed record OldConversation(ConversationId Id, long Erased, long Last);
