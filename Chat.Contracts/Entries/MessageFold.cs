namespace Chat.Contracts.Entries;

/// <summary>What a message says after a change of it: one pure function for everybody who shows messages.</summary>
public static class MessageFold
{
    /// <summary>The message with what the change says in place of what it said. Place, sender, time and type
    /// stay.</summary>
    /// <param name="message">As it was sent, or after an earlier change.</param>
    /// <param name="change">The newest edit of it, or its deletion; another entry changes nothing.</param>
    public static MessageEntry Of(MessageEntry message, ConversationEntry? change) => change switch
    {
        MessageDeletedEntry => (MessageEntry)Erasure.Of(message),
        MessageEditedEntry { Erased: true } => (MessageEntry)Erasure.Of(message),
        MessageEditedEntry edit => message with
        {
            Body = edit.Body, AttachmentUrl = edit.AttachmentUrl, AttachmentMeta = edit.AttachmentMeta,
            Attachments = edit.Attachments, Mentions = edit.Mentions,
        },
        _ => message,
    };
}
