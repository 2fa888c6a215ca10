using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Lists;

/// <summary>A user in a conversation, and what is the user's own of it.</summary>
internal readonly record struct ListMember(ConversationId Conversation, UserKey User, long LastRead, bool IsMuted);
