using System.Text.Json;
using Chat.Server.Transfer.Lines;

namespace Chat.Server.Transfer.Reading;

/// <summary>Makes a line of what it says. Its first property is the type.</summary>
internal static class LineParser
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = LineTypes.Depth };

    /// <exception cref="TransferException">It is none of the lines that there are; the message says where and
    /// why.</exception>
    public static TransferLine Parse(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            var reader = new Utf8JsonReader(line, Options);
            var first = reader; // a copy: what is read here is read again
            if (!first.Read() || first.TokenType != JsonTokenType.StartObject || !first.Read()
                || first.TokenType != JsonTokenType.PropertyName || !first.ValueTextEquals("type"u8) || !first.Read()
                || first.TokenType != JsonTokenType.String)
                throw TransferException.At(number, "it must be a JSON object whose first property is 'type'");
            var type = first.GetString()!;
            if (!LineTypes.All.TryGetValue(type, out var info))
                throw TransferException.At(number, $"'{type}' is no type of line that this version knows");
            reader.Read();
            var parsed = (TransferLine?)JsonSerializer.Deserialize(ref reader, info);
            if (reader.Read()) throw TransferException.At(number, "more than one object");
            return parsed ?? throw TransferException.At(number, "it is null");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw TransferException.At(number, $"it cannot be read: {e.Message}", e);
        }
    }
}
