using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Contracts.Commands;

/// <summary>What a message may have besides its text. Everything is optional.</summary>
public sealed record SendOptions
{
    /// <summary>The sender's own name for the message, at most 64 characters (Unicode code points). Sent again with the
    /// same key, by the same user to the same conversation, on any transport, it is stored once, and the receipt says
    /// <c>duplicate</c>. Without a key a retry may store it twice.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>Text (default), image or file; system is refused.</summary>
    public MessageType MsgType { get; init; }

    /// <summary>Where the attachment is: at most 2,048 characters (Unicode code points).</summary>
    public string? AttachmentUrl { get; init; }

    /// <summary>Any JSON value, or a string that holds JSON; at most 16 KiB in UTF-8. It comes back as it was
    /// sent.</summary>
    public RawJson? AttachmentMeta { get; init; }
}
