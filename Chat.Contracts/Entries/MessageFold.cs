using Chat.Contracts.Events;

namespace Chat.Contracts.Entries;

/// <summary>What a message says after a change of it: one pure function for everybody who shows messages.</summary>
public static class MessageFold
{
    /// <summary>The message with what the change says in place of what it said. Place, sender, time and type
    /// stay.</summary>
    /// <param name="message">As it was sent, or after an earlier change.</param>
    /// <param name="change">The newest edit of it, its deletion, or an erasure; another entry changes nothing.</param>
    public static MessageEntry Of(MessageEntry message, ConversationEntry? change) => change switch
    {
        MessageDeletedEntry => (MessageEntry)Erasure.Of(message),
        ContentErasedEntry erasure when Erasure.Concerns(message, erasure) => (MessageEntry)Erasure.Of(message),
        MessageEditedEntry { Erased: true } => (MessageEntry)Erasure.Of(message),
        MessageEditedEntry edit => message with
        {
            Body = edit.Body, AttachmentUrl = edit.AttachmentUrl, AttachmentMeta = edit.AttachmentMeta,
            Attachments = edit.Attachments, Mentions = edit.Mentions,
        },
        _ => message,
    };

    /// <summary>The message as a page of what is shown says beside it. Entries behind the page's head change it
    /// further: a snapshot and what comes after it say what a later snapshot says.</summary>
    /// <param name="message">As it was sent, and as the page has it.</param>
    /// <param name="current">What became of it; null: nothing.</param>
    public static MessageEntry Of(MessageEntry message, CurrentMessage? current)
    {
        if (current is null || current.Version <= current.Sequence) return message;
        // An edit says something: one that says nothing was erased.
        if (current.Deleted || current is { Body: null, AttachmentUrl: null })
            return (MessageEntry)Erasure.Of(message);
        return message with
        {
            Body = current.Body, AttachmentUrl = current.AttachmentUrl, AttachmentMeta = current.AttachmentMeta,
            Attachments = current.Attachments, Mentions = current.Mentions,
        };
    }
}
