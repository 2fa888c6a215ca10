using Chat.Contracts.Json;

namespace Chat.Server.Transports.WebSockets;

/// <summary>A frame from a client, as it was written: nothing is checked yet but its JSON types.</summary>
internal struct RawCommand
{
    public string? Type;
    public string? ConversationId;
    public string? Body;
    public int MsgType;
    public string? AttachmentUrl;
    public RawJson? AttachmentMeta;
    public string? DedupeKey;
    public long? AfterSeq;
}
