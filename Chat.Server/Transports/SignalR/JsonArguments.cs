using System.Buffers;
using System.Text.Json;

namespace Chat.Server.Transports.SignalR;

/// <summary>Looks ahead in a message of the JSON hub protocol.</summary>
internal static class JsonArguments
{
    private const byte RecordSeparator = 0x1e;

    /// <summary>How many arguments the first message of the input has; -1 when that cannot be told, and the protocol
    /// will say what is wrong.</summary>
    public static int Count(ReadOnlySequence<byte> input)
    {
        var end = input.PositionOf(RecordSeparator);
        var reader = new Utf8JsonReader(end is { } at ? input.Slice(0, at) : input);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return -1;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isArguments = reader.ValueTextEquals("arguments"u8);
                reader.Read();
                if (isArguments) return CountElements(ref reader);
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // NOTE: the protocol itself reads it next and refuses it.
        }
        return -1;
    }

    private static int CountElements(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return -1;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }
        return count;
    }
}
