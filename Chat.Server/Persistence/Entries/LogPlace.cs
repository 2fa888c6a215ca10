using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>A place in a log.</summary>
/// <param name="Conversation">Whose log it is.</param>
/// <param name="After">The sequence behind which it is.</param>
internal readonly record struct LogPlace(ConversationId Conversation, long After);
