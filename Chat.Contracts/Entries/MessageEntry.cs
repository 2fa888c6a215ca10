using Chat.Contracts.Json;

namespace Chat.Contracts.Entries;

/// <summary>Somebody said something.</summary>
public sealed record MessageEntry : ConversationEntry
{
    /// <summary>The text, trimmed. Null when the message is only an attachment.</summary>
    public string? Body { get; init; }

    /// <summary>What the message is; text unless told.</summary>
    public MessageType MsgType { get; init; }

    /// <summary>Where the attachment is, or null. The server stores the address, not the file.</summary>
    public string? AttachmentUrl { get; init; }

    /// <summary>Whatever JSON the sender gave with the attachment, exactly as it was sent, or null.</summary>
    public RawJson? AttachmentMeta { get; init; }

    /// <summary>The sender's own name for this message, or null. Sent again with the same key it is stored once.</summary>
    public string? DedupeKey { get; init; }
}
