using Chat.ClientSdk.Sending;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.ClientSdk.Views;

/// <summary>A message as a screen shows it: the entry with the changes of later entries. Immutable.</summary>
public sealed class ViewMessage
{
    internal ViewMessage(MessageEntry entry, MessageChanges changes, bool isErased)
    {
        Entry = changes.IsDeleted || isErased ? (MessageEntry)Erasure.Of(entry) : entry;
        Changes = isErased ? changes.WithoutContent() : changes;
        Current = MessageFold.Of(Entry, Changes.Edit);
        (Stored, Reactions) = (this, IsDeleted ? [] : Changes.Reactions);
    }

    /// <summary>A message with changes whose entries have not come yet.</summary>
    internal ViewMessage(ViewMessage stored, IReadOnlyList<OptimisticMessage> pending, IReadOnlyList<string> mine)
    {
        (Entry, Changes, Stored, PendingChanges, Mine) = (stored.Entry, stored.Changes, stored, pending, mine);
        (Current, Reactions) = (stored.Current, stored.Reactions);
        foreach (var change in pending)
        {
            if (change.Failure is not null || IsDeleted) continue;
            Current = PendingLayer.Over(Current, change);
            if (change.Change is MessageEdit) EditedSince = change.AcceptedAt;
            // A set replaces the one before.
            if (change.Change is MessageReactions { Keys: var keys })
                Reactions = PendingReactions.Over(stored.Reactions, mine, keys);
        }
        if (IsDeleted) Reactions = [];
    }

    /// <summary>The message as it was sent; without its content when it was deleted or erased.</summary>
    public MessageEntry Entry { get; }

    /// <summary>The message as it is now: with the text and the attachments of its newest edit, and with
    /// <see cref="PendingChanges"/>.</summary>
    public MessageEntry Current { get; }

    /// <summary>Its position in the conversation.</summary>
    public long Sequence => Entry.Sequence;

    /// <summary>The sequence of its newest edit or of its deletion, else its own: what <c>IfVersion</c> of an edit
    /// compares. Pending changes have none yet: an edit behind one should not name a version.</summary>
    public long Version => Changes.IsDeleted ? Changes.DeletedBy : Changes.Edit?.Sequence ?? Sequence;

    /// <summary>Who sent it.</summary>
    public UserId SenderId => Entry.SenderId;

    /// <summary>The current text; null when the message was deleted, and when there is only an attachment.</summary>
    public string? Body => Current.Body;

    /// <summary>Where the current attachment is; null when there is none.</summary>
    public string? AttachmentUrl => Current.AttachmentUrl;

    /// <summary>What the author gave with the current attachment; null when there is nothing.</summary>
    public RawJson? AttachmentMeta => Current.AttachmentMeta;

    /// <summary>When it was last edited, or null; while the edit is pending, by this machine's clock.</summary>
    public DateTimeOffset? EditedAt => EditedSince ?? Changes.Edit?.CreatedAt;

    /// <summary>Whether it was deleted, or its content was erased. It keeps its place, and has no content.</summary>
    public bool IsDeleted => Changes.IsDeleted || Current.Erased;

    /// <summary>How many users have put which reactions to it, the most used first. The user's own are in
    /// <see cref="ViewState.OwnReactions"/>.</summary>
    public IReadOnlyList<ReactionCount> Reactions { get; } = [];

    /// <summary>What this client wants to change in it, in the order of the calls, until the entries come. Those that
    /// were refused have a <see cref="OptimisticMessage.Failure"/>, and are not shown by the other
    /// properties.</summary>
    public IReadOnlyList<OptimisticMessage> PendingChanges { get; } = [];

    internal MessageChanges Changes { get; }

    /// <summary>The message of the fold.</summary>
    internal ViewMessage Stored { get; }

    /// <summary>The user's own reactions that the fold has counted, where some wait.</summary>
    internal IReadOnlyList<string> Mine { get; } = [];

    private DateTimeOffset? EditedSince { get; }

    /// <summary>Its index among messages in order; negative when it is not there.</summary>
    internal static int Find(ViewMessage[] messages, long sequence)
    {
        var (low, high) = (0, messages.Length - 1);
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            if (messages[middle].Sequence == sequence) return middle;
            if (messages[middle].Sequence < sequence) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
