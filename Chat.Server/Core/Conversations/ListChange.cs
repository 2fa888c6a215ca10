using Chat.Contracts.Identifiers;

namespace Chat.Server.Core.Conversations;

/// <summary>A change of a conversation in users' lists.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="User">The user whose list changed; null: the lists of all participants.</param>
internal readonly record struct ListChange(ConversationId Conversation, UserId? User);
