using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Entries;
using MessagePack;
using MessagePack.Formatters;

namespace Chat.Server.Transports.SignalR.MessagePack;

/// <summary>Writes what a value's JSON says, and reads as its JSON is read.</summary>
internal sealed class JsonFormatter<T>(JsonSerializerOptions json) : IMessagePackFormatter<T>
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }
        // An entry says its kind as what it is declared to be; all else is written by the type that the value has.
        using var document = value is ConversationEntry entry
            ? JsonSerializer.SerializeToDocument(entry, json)
            : JsonSerializer.SerializeToDocument(value, value.GetType(), json);
        MessagePackJson.Write(ref writer, document.RootElement);
    }

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var text = new ArrayBufferWriter<byte>(256);
        using (var output = new Utf8JsonWriter(text)) MessagePackJson.Read(ref reader, output);
        return JsonSerializer.Deserialize<T>(text.WrittenSpan, json)!;
    }
}
