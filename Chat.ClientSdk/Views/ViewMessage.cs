using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>A message as a screen shows it: the entry with the changes of later entries. Immutable.</summary>
public sealed class ViewMessage
{
    internal ViewMessage(MessageEntry entry, MessageChanges changes) => (Entry, Changes) = (entry, changes);

    /// <summary>The message as it was sent.</summary>
    public MessageEntry Entry { get; }

    /// <summary>Its position in the conversation.</summary>
    public long Sequence => Entry.Sequence;

    /// <summary>Who sent it.</summary>
    public UserId SenderId => Entry.SenderId;

    /// <summary>The current text; null when the message was deleted, and when there is only an attachment.</summary>
    public string? Body => IsDeleted ? null : Changes.Edit?.Body ?? Entry.Body;

    /// <summary>When it was last edited, or null.</summary>
    public DateTimeOffset? EditedAt => Changes.Edit?.CreatedAt;

    /// <summary>Whether it was deleted. It keeps its place, but its content should no longer be shown.</summary>
    public bool IsDeleted => Changes.IsDeleted;

    /// <summary>The reactions to it, the oldest first.</summary>
    public IReadOnlyList<MessageReaction> Reactions => Changes.Reactions;

    internal MessageChanges Changes { get; }
}
