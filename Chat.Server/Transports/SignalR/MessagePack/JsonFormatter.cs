using System.Buffers;
using System.Text.Json;
using MessagePack;
using MessagePack.Formatters;

namespace Chat.Server.Transports.SignalR.MessagePack;

/// <summary>Writes what a value's JSON says, and reads as its JSON is read.</summary>
internal sealed class JsonFormatter<T>(JsonSerializerOptions json) : IMessagePackFormatter<T>
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
    {
        // As an object: so an entry says its kind, and a list of any type is written as a list.
        using var document = JsonSerializer.SerializeToDocument<object?>(value, json);
        MessagePackJson.Write(ref writer, document.RootElement);
    }

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var text = new ArrayBufferWriter<byte>(256);
        using (var output = new Utf8JsonWriter(text)) MessagePackJson.Read(ref reader, output);
        return JsonSerializer.Deserialize<T>(text.WrittenSpan, json)!;
    }
}
