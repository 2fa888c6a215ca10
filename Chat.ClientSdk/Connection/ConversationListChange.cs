using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk;

/// <summary>A change in the user's list of conversations.</summary>
/// <param name="ConversationId">Which conversation.</param>
/// <param name="Summary">Its new state; null when the user is no longer a participant.</param>
public sealed record ConversationListChange(ConversationId ConversationId, ConversationSummary? Summary);
