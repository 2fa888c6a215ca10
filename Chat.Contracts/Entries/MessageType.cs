namespace Chat.Contracts.Entries;

/// <summary>The type of a message. On every transport, its number.</summary>
public enum MessageType
{
    /// <summary>Text.</summary>
    Text = 0,

    /// <summary>An image; see the attachment.</summary>
    Image = 1,

    /// <summary>A file; see the attachment.</summary>
    File = 2,

    /// <summary>Written by the server itself; a client may not send it.</summary>
    System = 3,
}
