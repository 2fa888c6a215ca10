using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Transports.SignalR;

/// <summary>Entries as invocations of the JSON hub protocol: <c>MessageReceived</c> for messages, <c>EntryReceived</c>
/// for the rest.</summary>
/// <remarks>The framing (one JSON object, then 0x1e) is SignalR's HubProtocol.md; several in a row are one valid
/// write.</remarks>
internal sealed class HubFormat : HubBlockFormat
{
    public static readonly HubFormat Instance = new();

    private const byte RecordSeparator = 0x1e;

    private static readonly JsonEncodedText Target = JsonEncodedText.Encode("target");
    private static readonly JsonEncodedText Arguments = JsonEncodedText.Encode("arguments");
    private static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText Erased = JsonEncodedText.Encode("erased");
    private static readonly JsonEncodedText Sequence = JsonEncodedText.Encode("sequence");
    private static readonly JsonEncodedText MessageReceived =
        JsonEncodedText.Encode(nameof(IChatClient.MessageReceived));
    private static readonly JsonEncodedText EntryReceived = JsonEncodedText.Encode(nameof(IChatClient.EntryReceived));

    private HubFormat() : base("json") { }

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output)
    {
        var writer = Begin(output, entry is MessageEntry ? MessageReceived : EntryReceived);
        if (entry is MessageEntry message) WriteMessage(writer, message);
        else JsonSerializer.Serialize(writer, entry, ChatJsonContext.Default.ConversationEntry);
        End(writer, output);
    }

    public override void EncodeSignal(Signal signal, IBufferWriter<byte> output)
    {
        var call = HubSignal.ToCall(signal);
        var writer = Begin(output, call.EncodedTarget);
        JsonSerializer.Serialize(writer, call.Argument, call.Argument.GetType(), ChatJsonContext.Default);
        End(writer, output);
    }

    private static Utf8JsonWriter Begin(IBufferWriter<byte> output, JsonEncodedText target)
    {
        var writer = EntryJson.WriterFor(output);
        writer.WriteStartObject();
        writer.WriteNumber("type"u8, 1);
        writer.WriteString(Target, target);
        writer.WriteStartArray(Arguments);
        return writer;
    }

    private static void End(Utf8JsonWriter writer, IBufferWriter<byte> output)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.GetSpan(1)[0] = RecordSeparator;
        output.Advance(1);
    }

    private static void WriteMessage(Utf8JsonWriter writer, MessageEntry message)
    {
        writer.WriteStartObject();
        writer.WriteString(Kind, Message);
        writer.WriteNumber(Sequence, message.Sequence);
        MessageFields.Write(writer, message, JsonNames.Camel);
        ThreadFields.Write(writer, message, JsonNames.Camel);
        if (message.Erased) writer.WriteBoolean(Erased, true);
        writer.WriteEndObject();
    }
}
