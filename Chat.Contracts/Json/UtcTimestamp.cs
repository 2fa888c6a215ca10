using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Json;

/// <summary>Times as RFC 3339 in UTC with microseconds: <c>2025-01-01T12:00:00.000000Z</c>. Any RFC 3339 time is
/// read.</summary>
public sealed class UtcTimestamp : JsonConverter<DateTimeOffset>
{
    /// <summary>Bytes of a written time.</summary>
    public const int Length = 27;

    /// <summary>Writes the time; the span must have room for <see cref="Length"/> bytes.</summary>
    public static void Format(DateTimeOffset time, Span<byte> destination)
    {
        // "O" writes seven digits and, for a UTC DateTime, a Z: drop the seventh digit.
        Span<byte> text = stackalloc byte[28];
        Utf8Formatter.TryFormat(time.UtcDateTime, text, out _, 'O');
        text[..26].CopyTo(destination);
        destination[26] = (byte)'Z';
    }

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Length];
        Format(value, text);
        writer.WriteStringValue(text);
    }
}
