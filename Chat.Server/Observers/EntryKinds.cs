using Chat.Contracts.Entries;

namespace Chat.Server;

/// <summary>Kinds of entries: see <see cref="EntryKind"/>.</summary>
[Flags]
public enum EntryKinds
{
    /// <summary>No kind.</summary>
    None = 0,

    /// <summary><see cref="MessageEntry"/>.</summary>
    Message = 1 << (int)EntryKind.Message,

    /// <summary><see cref="ConversationCreatedEntry"/>.</summary>
    ConversationCreated = 1 << (int)EntryKind.ConversationCreated,

    /// <summary><see cref="ParticipantsAddedEntry"/>.</summary>
    ParticipantsAdded = 1 << (int)EntryKind.ParticipantsAdded,

    /// <summary><see cref="ParticipantRemovedEntry"/>.</summary>
    ParticipantRemoved = 1 << (int)EntryKind.ParticipantRemoved,

    /// <summary><see cref="MessageEditedEntry"/>.</summary>
    MessageEdited = 1 << (int)EntryKind.MessageEdited,

    /// <summary><see cref="MessageDeletedEntry"/>.</summary>
    MessageDeleted = 1 << (int)EntryKind.MessageDeleted,

    /// <summary><see cref="ReactionsChangedEntry"/>.</summary>
    ReactionsChanged = 1 << (int)EntryKind.ReactionsChanged,

    /// <summary><see cref="RoleChangedEntry"/>.</summary>
    RoleChanged = 1 << (int)EntryKind.RoleChanged,

    /// <summary><see cref="ConversationChangedEntry"/>.</summary>
    ConversationChanged = 1 << (int)EntryKind.ConversationChanged,

    /// <summary><see cref="ContentErasedEntry"/>.</summary>
    ContentErased = 1 << (int)EntryKind.ContentErased,

    /// <summary><see cref="PinnedEntry"/>.</summary>
    Pinned = 1 << (int)EntryKind.Pinned,

    /// <summary><see cref="UnpinnedEntry"/>.</summary>
    Unpinned = 1 << (int)EntryKind.Unpinned,

    /// <summary>What has or changes the text of messages: all that a search index needs.</summary>
    Content = Message | MessageEdited | MessageDeleted | ContentErased,

    /// <summary>Who takes part, and as what.</summary>
    Membership = ConversationCreated | ParticipantsAdded | ParticipantRemoved | RoleChanged,
}
