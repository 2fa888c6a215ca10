namespace Chat.Server.Transports.WebSockets;

/// <summary>A frame from a client, as it was written: nothing is checked yet but its JSON types.</summary>
internal struct RawCommand
{
    public string? Type;
    public string? ConversationId;
    public MessageFields Message;
    public long? AfterSeq;
}
