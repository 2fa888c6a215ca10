using Chat.Contracts.Identifiers;

namespace Chat.Server.Presence.Watching;

/// <summary>A conversation, or the contacts of a user.</summary>
internal readonly record struct GroupKey(ConversationId? Conversation, UserId? Owner)
{
    public static GroupKey Of(ConversationId conversation) => new(conversation, null);

    public static GroupKey ContactsOf(UserId owner) => new(null, owner);
}
