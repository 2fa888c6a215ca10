using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Reactions;

/// <summary>A user has set reactions that no entry names.</summary>
/// <param name="Conversation">Where.</param>
/// <param name="User">Whose.</param>
/// <param name="Target">The message.</param>
/// <param name="Keys">All of them.</param>
/// <param name="From">The connection that set them; null: none here.</param>
internal sealed record OwnReactionChange(
    ConversationId Conversation, UserKey User, long Target, IReadOnlyList<string> Keys, object? From);
