using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Lists;

/// <summary>A participant of a conversation, with the user's own state.</summary>
internal readonly record struct ListMember(
    ConversationId Conversation, UserKey User, long LastRead, long? UnreadFrom, bool IsMuted);
