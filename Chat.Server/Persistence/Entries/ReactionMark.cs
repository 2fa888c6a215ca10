using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>Reactions to a message that no entry tells yet.</summary>
/// <param name="Conversation">Where.</param>
/// <param name="Target">The message.</param>
/// <param name="Told">The newest entry that told its reactions.</param>
/// <param name="Sender">The sender of the entry: the user of the last change that is known.</param>
/// <param name="DueAt">When the interval since that entry is over.</param>
internal sealed record ReactionMark(
    ConversationId Conversation, long Target, long Told, UserId Sender, DateTimeOffset DueAt);
