using Chat.Contracts.Entries;

namespace Chat.Contracts.Rules;

/// <summary>Which entries the main stream of a conversation shows.</summary>
public static class ShownRules
{
    /// <summary>Messages and notes are shown, all else is hidden: what changes a message, and what is not known. Of a
    /// message it depends on its thread too.</summary>
    public static bool IsShown(EntryKind kind) => kind is EntryKind.Message or EntryKind.ConversationCreated
        or EntryKind.ParticipantsAdded or EntryKind.ParticipantRemoved or EntryKind.RoleChanged
        or EntryKind.ConversationChanged;

    /// <summary>Whether the main stream shows the entry.</summary>
    public static bool IsShown(ConversationEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return IsShown(entry.Kind) && entry is not MessageEntry { Thread: not null, AlsoInConversation: false };
    }
}
