using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports;

/// <summary>A message as go-chatty's clients send it, in a frame or in a body, in either spelling: nothing is checked yet but its JSON types.</summary>
internal struct MessageFields
{
    public string? Body;
    public int MsgType;
    public string? AttachmentUrl;
    public RawJson? AttachmentMeta;
    public string? DedupeKey;

    /// <summary>Reads the field the reader stands on; false when it is none of a message's.</summary>
    public bool TryRead(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("body"u8)) Body = JsonFields.ReadText(ref reader, ChatField.Body);
        else if (reader.ValueTextEquals("msg_type"u8) || reader.ValueTextEquals("msgType"u8)) MsgType = ReadMsgType(ref reader);
        else if (reader.ValueTextEquals("attachment_url"u8) || reader.ValueTextEquals("attachmentUrl"u8)) AttachmentUrl = JsonFields.ReadText(ref reader, ChatField.AttachmentUrl);
        else if (reader.ValueTextEquals("attachment_meta"u8) || reader.ValueTextEquals("attachmentMeta"u8)) AttachmentMeta = JsonFields.ReadRaw(ref reader, ChatField.AttachmentMeta, json);
        else if (reader.ValueTextEquals("dedupe_key"u8) || reader.ValueTextEquals("dedupeKey"u8)) DedupeKey = JsonFields.ReadText(ref reader, ChatField.DedupeKey);
        else return false;
        return true;
    }

    public readonly SendOptions ToOptions() => new()
    {
        DedupeKey = DedupeKey, MsgType = (MessageType)MsgType, AttachmentUrl = AttachmentUrl, AttachmentMeta = AttachmentMeta,
    };

    /// <summary>A number too large for the enumeration is as unknown as any other: the message's rules refuse it.</summary>
    private static int ReadMsgType(ref Utf8JsonReader reader) =>
        (int)Math.Clamp(JsonFields.ReadNumber(ref reader, MessageRules.WrongType) ?? 0, -1, int.MaxValue);
}
