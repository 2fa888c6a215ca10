using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Server.Transports;

/// <summary>Writes messages as JSON the fast way. Everything here is encoded once and then shared by all readers.</summary>
internal static class EntryJson
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Body = JsonEncodedText.Encode("body");

    // Text is never put into HTML by a server of ours, so only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>This thread's writer, aimed at the output. Flush it; do not dispose or keep it.</summary>
    public static Utf8JsonWriter WriterFor(IBufferWriter<byte> output)
    {
        var writer = t_writer ??= new Utf8JsonWriter(output, WriterOptions);
        writer.Reset(output);
        return writer;
    }

    /// <summary>The documented keys of a message, in the documented order, into an object that is open.</summary>
    public static void WriteMessageFields(Utf8JsonWriter writer, MessageEntry message, JsonNames names)
    {
        writer.WriteString(Id, message.Id.Value);
        writer.WriteString(names.ConversationId, message.ConversationId.Value);
        writer.WriteString(names.SenderId, message.SenderId.Value);
        WriteTime(writer, names.CreatedAt, message.CreatedAt);
        writer.WriteString(Body, message.Body);
        writer.WriteNumber(names.MsgType, (int)message.MsgType);
        writer.WriteString(names.AttachmentUrl, message.AttachmentUrl);
        writer.WritePropertyName(names.AttachmentMeta);
        if (message.AttachmentMeta is { } meta) writer.WriteRawValue(meta.Text, skipInputValidation: true); // checked when it came in
        else writer.WriteNullValue();
        writer.WriteString(names.DedupeKey, message.DedupeKey);
    }

    public static void WriteTime(Utf8JsonWriter writer, JsonEncodedText name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[UtcTimestamp.Length];
        UtcTimestamp.Format(time, text);
        writer.WriteString(name, text);
    }
}
