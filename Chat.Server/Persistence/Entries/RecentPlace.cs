using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>The newest part of a conversation.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="After">Nothing before it matters to anybody.</param>
/// <param name="Head">The newest entry that counts, which is a shown one.</param>
internal readonly record struct RecentPlace(ConversationId Conversation, long After, long Head);
