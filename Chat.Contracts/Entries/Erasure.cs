namespace Chat.Contracts.Entries;

/// <summary>What is left of entries whose content is erased.</summary>
public static class Erasure
{
    /// <summary>The entry without its content, marked as erased. Place, kind, sender and time stay, and what a kind
    /// has that is no content.</summary>
    /// <param name="entry">Any entry; one that has no content comes back as it is.</param>
    /// <remarks>A deletion loses its reason, and is not marked.</remarks>
    public static ConversationEntry Of(ConversationEntry entry) => entry switch
    {
        MessageEntry message => message with
        {
            Body = null, AttachmentUrl = null, AttachmentMeta = null, Attachments = null, Mentions = null,
            Erased = true,
        },
        MessageEditedEntry edit => edit with
        {
            Body = null, AttachmentUrl = null, AttachmentMeta = null, Attachments = null, Mentions = null,
            Erased = true,
        },
        MessageDeletedEntry deletion => deletion with { Reason = null },
        _ => entry,
    };

    /// <summary>Whether the deletion of this message erases the entry: the message, or one of its edits.</summary>
    /// <param name="entry">Any entry.</param>
    /// <param name="targetSequence">The sequence of the message.</param>
    public static bool Concerns(ConversationEntry entry, long targetSequence) =>
        entry is MessageEntry ? entry.Sequence == targetSequence
            : entry is MessageEditedEntry edit && edit.TargetSequence == targetSequence;

    /// <summary>Whether an erasure takes the content of the entry: of a message, of an edit where it takes that of its
    /// message, and of a deletion, which may say why.</summary>
    /// <param name="entry">Any entry of the same conversation.</param>
    /// <param name="erasure">What says that content is erased.</param>
    public static bool Concerns(ConversationEntry entry, ContentErasedEntry erasure)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        // An edit stands and falls with its message, which its author sent.
        var place = entry is MessageEditedEntry edit ? edit.TargetSequence : entry?.Sequence;
        return entry is MessageEntry or MessageEditedEntry or MessageDeletedEntry
            && (erasure.ThroughSequence is { } through
                ? place <= through
                : entry.SenderId == erasure.UserId && place < erasure.Sequence);
    }
}
