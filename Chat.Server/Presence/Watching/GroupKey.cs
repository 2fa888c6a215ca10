using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Presence.Watching;

/// <summary>A conversation, or the contacts of a user.</summary>
internal readonly record struct GroupKey(ConversationId? Conversation, UserKey? Owner)
{
    public static GroupKey Of(ConversationId conversation) => new(conversation, null);

    public static GroupKey ContactsOf(UserKey owner) => new(null, owner);
}
