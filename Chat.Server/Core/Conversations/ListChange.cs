using Chat.Contracts.Identifiers;

namespace Chat.Server.Core.Conversations;

/// <summary>A conversation that changed as users list it.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="User">In whose list; null: in the lists of all participants.</param>
internal readonly record struct ListChange(ConversationId Conversation, UserId? User);
