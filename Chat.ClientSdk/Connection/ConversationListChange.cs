using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk;

/// <summary>Something new in the user's list of conversations.</summary>
/// <param name="ConversationId">Which conversation.</param>
/// <param name="Summary">How it stands now; null: the user takes part in it no longer.</param>
public sealed record ConversationListChange(ConversationId ConversationId, ConversationSummary? Summary);
