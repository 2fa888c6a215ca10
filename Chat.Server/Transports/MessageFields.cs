using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports;

/// <summary>A message as it stands in go-chatty's frames and bodies, in either spelling: how it is read and how it is
/// written.</summary>
/// <remarks>Of what was read nothing is checked yet but its JSON types.</remarks>
internal struct MessageFields
{
    private static readonly JsonKey IdKey = new("id");
    private static readonly JsonKey BodyKey = new(ChatField.Body);
    private static readonly JsonKey MsgTypeKey = new(ChatField.MsgType);
    private static readonly JsonKey AttachmentUrlKey = new(ChatField.AttachmentUrl);
    private static readonly JsonKey AttachmentMetaKey = new(ChatField.AttachmentMeta);
    private static readonly JsonKey DedupeKeyKey = new(ChatField.DedupeKey);

    private static readonly SendOptions NoOptions = new();

    public string? Body;
    public int MsgType;
    public string? AttachmentUrl;
    public RawJson? AttachmentMeta;
    public string? DedupeKey;

    /// <summary>Reads the field the reader stands on; false when it is none of a message's.</summary>
    public bool TryRead(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (BodyKey.Is(reader)) Body = JsonFields.ReadText(ref reader, ChatField.Body);
        else if (MsgTypeKey.Is(reader)) MsgType = ReadMsgType(ref reader);
        else if (AttachmentUrlKey.Is(reader)) AttachmentUrl = JsonFields.ReadText(ref reader, ChatField.AttachmentUrl);
        else if (AttachmentMetaKey.Is(reader))
            AttachmentMeta = JsonFields.ReadRaw(ref reader, ChatField.AttachmentMeta, json);
        else if (DedupeKeyKey.Is(reader)) DedupeKey = JsonFields.ReadText(ref reader, ChatField.DedupeKey);
        else return false;
        return true;
    }

    /// <summary>What is beside the text; one object for all messages that have nothing there.</summary>
    public readonly SendOptions ToOptions() =>
        this is { DedupeKey: null, MsgType: 0, AttachmentUrl: null, AttachmentMeta: null }
            ? NoOptions
            : new()
            {
                DedupeKey = DedupeKey, MsgType = (MessageType)MsgType, AttachmentUrl = AttachmentUrl,
                AttachmentMeta = AttachmentMeta,
            };

    /// <summary>The documented keys of a message, in the documented order, into an object that is open.</summary>
    public static void Write(Utf8JsonWriter writer, MessageEntry message, JsonNames names)
    {
        writer.WriteString(IdKey.In(names), message.Id.Value);
        writer.WriteString(names.ConversationId, message.ConversationId.Value);
        writer.WriteString(names.SenderId, message.SenderId.Value);
        EntryJson.WriteTime(writer, names.CreatedAt, message.CreatedAt);
        writer.WriteString(BodyKey.In(names), message.Body);
        writer.WriteNumber(MsgTypeKey.In(names), (int)message.MsgType);
        writer.WriteString(AttachmentUrlKey.In(names), message.AttachmentUrl);
        EntryJson.WriteRawOrNull(writer, AttachmentMetaKey.In(names), message.AttachmentMeta);
        writer.WriteString(DedupeKeyKey.In(names), message.DedupeKey);
    }

    /// <summary>A number too large for the enumeration is as unknown as any other: the message's rules refuse
    /// it.</summary>
    private static int ReadMsgType(ref Utf8JsonReader reader) =>
        (int)Math.Clamp(JsonFields.ReadNumber(ref reader, MessageRules.WrongType) ?? 0, -1, int.MaxValue);
}
