using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace Chat.Tests.Fixtures;

/// <summary>Messages of SignalR's MessagePack hub protocol, put together and taken apart by hand.</summary>
internal static class HubMessages
{
    /// <summary>With the length before it: seven bits a byte, the lowest first.</summary>
    public static byte[] WithLength(ReadOnlySpan<byte> message)
    {
        var output = new ArrayBufferWriter<byte>();
        var left = message.Length;
        for (; left > 0x7f; left >>= 7) output.Write([(byte)(left | 0x80)]);
        output.Write([(byte)left]);
        output.Write(message);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The messages in a row, each without its length.</summary>
    public static List<byte[]> Split(ReadOnlySpan<byte> messages)
    {
        var found = new List<byte[]>();
        while (!messages.IsEmpty)
        {
            var (length, at) = (0, 0);
            do length |= (messages[at] & 0x7f) << (7 * at);
            while (messages[at++] > 0x7f);
            found.Add(messages.Slice(at, length).ToArray());
            messages = messages[(at + length)..];
        }
        return found;
    }

    /// <summary>The message as the JSON of its array.</summary>
    public static JsonElement Read(ReadOnlyMemory<byte> message) =>
        JsonDocument.Parse(MessagePackSerializer.ConvertToJson(message)).RootElement;

    /// <summary>Whether the message is the answer of this call.</summary>
    public static bool IsCompletion(ReadOnlyMemory<byte> message, string id)
    {
        var reader = new MessagePackReader(message);
        reader.ReadArrayHeader();
        if (reader.ReadInt32() != 3) return false;
        reader.Skip();
        return reader.ReadString() == id;
    }

    /// <summary>Whether the server says with it that it ends the connection.</summary>
    public static bool IsClose(ReadOnlyMemory<byte> message)
    {
        var reader = new MessagePackReader(message);
        reader.ReadArrayHeader();
        return reader.ReadInt32() == 7;
    }

    /// <summary>A call, its arguments given as JSON texts.</summary>
    public static byte[] Invocation(string id, string method, string arguments)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteArrayHeader(6);
        writer.Write(1);
        writer.WriteMapHeader(0);
        writer.Write(id);
        writer.Write(method);
        using var document = JsonDocument.Parse($"[{arguments}]", new JsonDocumentOptions { MaxDepth = 200 });
        Write(ref writer, document.RootElement);
        writer.WriteArrayHeader(0);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (var element in value.EnumerateArray()) Write(ref writer, element);
                break;
            case JsonValueKind.Object:
                writer.WriteMapHeader(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    WriteText(ref writer, () => property.Name);
                    Write(ref writer, property.Value);
                }
                break;
            case JsonValueKind.String:
                WriteText(ref writer, value.GetString);
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                writer.Write(number);
                break;
            case JsonValueKind.Number:
                writer.Write(value.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(value.GetBoolean());
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    /// <summary>A lone surrogate goes out as JavaScript clients send it: as three bytes that are not UTF-8.</summary>
    private static void WriteText(ref MessagePackWriter writer, Func<string?> text)
    {
        try
        {
            writer.Write(text());
        }
        catch (InvalidOperationException)
        {
            writer.WriteString((ReadOnlySpan<byte>)[0x61, 0xed, 0xa0, 0x80]);
        }
    }
}
