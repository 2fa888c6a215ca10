using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using MessagePack;

namespace Chat.Server.Transports.SignalR.MessagePack;

/// <summary>The same value in MessagePack and in JSON.</summary>
internal static class MessagePackJson
{
    // The JSON that comes of it is held to the limit; this one only keeps the stack from growing before.
    private const int MaxDepth = ChatLimits.JsonDepth * 2;

    /// <summary>Numbers become integers where they are written as such and fit into 64 bits, else doubles.</summary>
    public static void Write(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteMapHeader(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    writer.Write(property.Name);
                    Write(ref writer, property.Value);
                }
                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (var element in value.EnumerateArray()) Write(ref writer, element);
                break;
            case JsonValueKind.String:
                writer.Write(value.GetString());
                break;
            case JsonValueKind.Number:
                if (value.TryGetInt64(out var signed)) writer.Write(signed);
                else if (value.TryGetUInt64(out var unsigned)) writer.Write(unsigned);
                else writer.Write(value.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(value.GetBoolean());
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    /// <exception cref="InvalidValueException">JSON has no such value.</exception>
    public static void Read(ref MessagePackReader reader, Utf8JsonWriter output)
    {
        if (output.CurrentDepth > MaxDepth) throw new InvalidValueException("a value is nested too deeply");
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Map:
                ReadMap(ref reader, output);
                break;
            case MessagePackType.Array:
                output.WriteStartArray();
                for (var left = reader.ReadArrayHeader(); left > 0; left--) Read(ref reader, output);
                output.WriteEndArray();
                break;
            case MessagePackType.String:
                ReadText(ref reader, output);
                break;
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64:
                output.WriteNumberValue(reader.ReadUInt64());
                break;
            case MessagePackType.Integer:
                output.WriteNumberValue(reader.ReadInt64());
                break;
            case MessagePackType.Float:
                var number = reader.ReadDouble();
                if (!double.IsFinite(number)) throw new InvalidValueException("a number must be finite");
                output.WriteNumberValue(number);
                break;
            case MessagePackType.Boolean:
                output.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Nil:
                reader.ReadNil();
                output.WriteNullValue();
                break;
            default:
                throw new InvalidValueException("a value must be one that JSON has: no bytes and no extension types");
        }
    }

    private static void ReadMap(ref MessagePackReader reader, Utf8JsonWriter output)
    {
        output.WriteStartObject();
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            if (reader.NextMessagePackType != MessagePackType.String)
                throw new InvalidValueException("the keys of a map must be strings");
            var name = reader.ReadStringSequence()!.Value.ToArray();
            if (!Utf8.IsValid(name)) throw new InvalidValueException("the keys of a map must be valid Unicode text");
            output.WritePropertyName(name);
            Read(ref reader, output);
        }
        output.WriteEndObject();
    }

    /// <summary>What is no valid text becomes a lone surrogate, so that it is refused as that is: with the name of its
    /// field.</summary>
    private static void ReadText(ref MessagePackReader reader, Utf8JsonWriter output)
    {
        var bytes = reader.ReadStringSequence()!.Value;
        var text = bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();
        if (Utf8.IsValid(text)) output.WriteStringValue(text);
        else output.WriteRawValue("\"\\ud800\""u8, skipInputValidation: true);
    }
}
