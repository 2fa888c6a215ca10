using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.ClientSdk.Views;

/// <summary>A message as a screen shows it: the entry with the changes of later entries. Immutable.</summary>
public sealed class ViewMessage
{
    internal ViewMessage(MessageEntry entry, MessageChanges changes)
    {
        Entry = changes.IsDeleted ? (MessageEntry)Erasure.Of(entry) : entry;
        Changes = changes;
        Current = MessageFold.Of(Entry, changes.Edit);
    }

    /// <summary>The message as it was sent; without its content when it was deleted.</summary>
    public MessageEntry Entry { get; }

    /// <summary>The message as it is now: with the text and the attachment of its newest edit.</summary>
    public MessageEntry Current { get; }

    /// <summary>Its position in the conversation.</summary>
    public long Sequence => Entry.Sequence;

    /// <summary>The sequence of its newest edit or of its deletion, else its own: what <c>IfVersion</c> of an edit
    /// compares.</summary>
    public long Version => Changes.IsDeleted ? Changes.DeletedBy : Changes.Edit?.Sequence ?? Sequence;

    /// <summary>Who sent it.</summary>
    public UserId SenderId => Entry.SenderId;

    /// <summary>The current text; null when the message was deleted, and when there is only an attachment.</summary>
    public string? Body => Current.Body;

    /// <summary>Where the current attachment is; null when there is none.</summary>
    public string? AttachmentUrl => Current.AttachmentUrl;

    /// <summary>What the author gave with the current attachment; null when there is nothing.</summary>
    public RawJson? AttachmentMeta => Current.AttachmentMeta;

    /// <summary>When it was last edited, or null.</summary>
    public DateTimeOffset? EditedAt => Changes.Edit?.CreatedAt;

    /// <summary>Whether it was deleted, or its content was erased. It keeps its place, and has no content.</summary>
    public bool IsDeleted => Changes.IsDeleted || Current.Erased;

    /// <summary>The reactions to it, the oldest first.</summary>
    public IReadOnlyList<MessageReaction> Reactions => Changes.Reactions;

    internal MessageChanges Changes { get; }
}
