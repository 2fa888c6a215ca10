using Chat.Contracts.Commands;
using Chat.Contracts.Entries;

namespace Chat.Server.Persistence.Entries;

/// <content>The content of an entry.</content>
internal readonly partial record struct EntryContent
{
    /// <summary>What a stored entry says; the opposite of <see cref="ToEntry"/>. Entries other than messages do not
    /// have their dedupe key.</summary>
    /// <exception cref="ArgumentException">The entry is of a kind that this version does not know.</exception>
    public static EntryContent Of(ConversationEntry entry) => entry switch
    {
        MessageEntry message => Of(message),
        MessageEditedEntry edit => new(EntryKind.MessageEdited)
        {
            TargetSequence = edit.TargetSequence,
            Text = edit.Body ?? "",
            AttachmentUrl = edit.AttachmentUrl,
            AttachmentMeta = edit.AttachmentMeta?.Text,
            Payload = PayloadOf(edit.Mentions, edit.Attachments),
        },
        MessageDeletedEntry deletion => MessageDeleted(deletion.TargetSequence, deletion.Reason),
        PinnedEntry pin => Pinned(pin.TargetSequence, isPinned: true),
        UnpinnedEntry unpin => Pinned(unpin.TargetSequence, isPinned: false),
        ReactionsChangedEntry told => ReactionsChanged(told.TargetSequence, told.Counts, told.Changes),
        ContentErasedEntry erasure => ContentErased(erasure.ThroughSequence, erasure.UserId),
        ConversationCreatedEntry created => ConversationCreated(created.ParticipantIds, created.Title),
        ParticipantsAddedEntry added => ParticipantsAdded(added.ParticipantIds),
        ParticipantRemovedEntry removed => ParticipantRemoved(removed.ParticipantId),
        RoleChangedEntry role => RoleChanged(role.ParticipantId, role.Role, role.Until),
        ConversationChangedEntry changed => ConversationChanged(ChangeOf(changed)),
        _ => throw new ArgumentException($"entries of the kind {entry.Kind} have no content", nameof(entry)),
    };

    public static ChangeConversation ChangeOf(ConversationChangedEntry changed) => new()
    {
        Title = changed.Title, SlowModeSeconds = changed.SlowModeSeconds, Topic = changed.Topic,
        AvatarUrl = changed.AvatarUrl, IsArchived = changed.IsArchived,
    };
}
