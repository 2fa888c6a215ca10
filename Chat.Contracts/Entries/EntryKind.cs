namespace Chat.Contracts.Entries;

/// <summary>What an entry records. The numbers are stored: they never change and are never reused.</summary>
public enum EntryKind
{
    /// <summary>A kind of a later version: <see cref="UnknownEntry"/>. Never stored.</summary>
    Unknown = -1,

    /// <summary>A message: <see cref="MessageEntry"/>.</summary>
    Message = 0,

    /// <summary>The conversation began: <see cref="ConversationCreatedEntry"/>, always sequence 1 where there is
    /// one.</summary>
    ConversationCreated = 1,

    /// <summary>Users became participants: <see cref="ParticipantsAddedEntry"/>.</summary>
    ParticipantsAdded = 2,

    /// <summary>A user is no longer a participant: <see cref="ParticipantRemovedEntry"/>.</summary>
    ParticipantRemoved = 3,

    // 4 was meant for a new title, and was never stored: ConversationChanged says it.

    /// <summary>A message says something else: <see cref="MessageEditedEntry"/>.</summary>
    MessageEdited = 5,

    /// <summary>A message was deleted: <see cref="MessageDeletedEntry"/>.</summary>
    MessageDeleted = 6,

    /// <summary>The reactions to a message changed: <see cref="ReactionsChangedEntry"/>.</summary>
    ReactionsChanged = 7,

    /// <summary>A participant has another role: <see cref="RoleChangedEntry"/>.</summary>
    RoleChanged = 8,

    /// <summary>The title or a setting changed: <see cref="ConversationChangedEntry"/>.</summary>
    ConversationChanged = 9,

    /// <summary>Content was erased: <see cref="ContentErasedEntry"/>.</summary>
    ContentErased = 10,

    /// <summary>A message was pinned: <see cref="PinnedEntry"/>.</summary>
    Pinned = 11,

    /// <summary>A message is pinned no longer: <see cref="UnpinnedEntry"/>.</summary>
    Unpinned = 12,
}
