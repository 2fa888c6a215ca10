namespace Chat.Contracts.Entries;

/// <summary>What is left of entries whose content is erased.</summary>
public static class Erasure
{
    /// <summary>The entry without its content, marked as erased. Place, kind, sender and time stay, and what a kind
    /// has that is no content.</summary>
    /// <param name="entry">Any entry; one that has no content comes back as it is.</param>
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
        _ => entry,
    };

    /// <summary>Whether the deletion of this message erases the entry: the message, or one of its edits.</summary>
    /// <param name="entry">Any entry.</param>
    /// <param name="targetSequence">The sequence of the message.</param>
    public static bool Concerns(ConversationEntry entry, long targetSequence) =>
        entry is MessageEntry ? entry.Sequence == targetSequence
            : entry is MessageEditedEntry edit && edit.TargetSequence == targetSequence;
}
