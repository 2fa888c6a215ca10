using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Entries as complete WebSocket text frames with go-chatty's JSON, ready to be written to any socket of the
/// dialect.</summary>
/// <remarks>A server's frames are not masked, so the frame header is the same for all and is shared too (RFC 6455, 5.1
/// and 5.2).</remarks>
internal sealed class RawFormat(JsonNames names, RawFeatures features) : WireFormat
{
    /// <summary>The features that change what an entry looks like.</summary>
    public const RawFeatures Shown =
        RawFeatures.Seq | RawFeatures.Edits | RawFeatures.Reactions | RawFeatures.Threads;

    private static readonly JsonEncodedText Seq = JsonEncodedText.Encode("seq");

    public override bool LooksAtEntries => false;

    private bool WithSequence => features.HasFlag(RawFeatures.Seq);

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output)
    {
        if (entry is MessageEntry message)
            RawFrameWriter.Write(output, (names, message, features),
                static (writer, s) => WriteMessage(writer, s.names, s.message, s.features));
        else if (WithSequence)
            RawFrameWriter.Write(output, (names, entry, features),
                static (writer, s) => WriteEntry(writer, s.names, s.entry, s.features));
    }

    public override void EncodeSignal(Signal signal, IBufferWriter<byte> output)
    {
        // A socket without sequences has no cursor: it is shown what comes.
        if (signal is GenerationSignal && !WithSequence) return;
        RawFrameWriter.Write(output, (names, signal, features),
            static (writer, s) => RawSignalFields.Write(writer, s.names, s.signal, s.features));
    }

    private static void WriteMessage(
        Utf8JsonWriter writer, JsonNames names, MessageEntry message, RawFeatures features)
    {
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString(names.ConversationId, message.ConversationId.Value);
        writer.WriteStartObject("message"u8);
        RawEntryFields.WriteMessage(writer, names, message, features);
        if (features.HasFlag(RawFeatures.Seq)) writer.WriteNumber(Seq, message.Sequence);
        writer.WriteEndObject();
    }

    private static void WriteEntry(
        Utf8JsonWriter writer, JsonNames names, ConversationEntry entry, RawFeatures features)
    {
        writer.WriteString("type"u8, "entry"u8);
        writer.WriteString(names.ConversationId, entry.ConversationId.Value);
        writer.WriteStartObject("entry"u8);
        RawEntryFields.WriteAll(writer, names, entry, features);
        writer.WriteEndObject();
    }
}
