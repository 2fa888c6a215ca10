using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

/// <summary>A conversation whose messages have gathered.</summary>
/// <param name="Task">The <see cref="GatherTask"/>'s id.</param>
/// <param name="Conversation">Which.</param>
/// <param name="After">Up to this sequence was told.</param>
internal sealed record Gathering(Guid Task, ConversationId Conversation, long After);
