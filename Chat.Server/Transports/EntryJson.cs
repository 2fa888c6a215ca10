using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chat.Contracts.Json;

namespace Chat.Server.Transports;

/// <summary>Writes JSON the fast way. Everything here is encoded once and then shared by all readers.</summary>
internal static class EntryJson
{
    // Text is never put into HTML by a server of ours, so only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true
    };

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>This thread's writer, aimed at the output. Flush it; do not dispose or keep it.</summary>
    public static Utf8JsonWriter WriterFor(IBufferWriter<byte> output)
    {
        var writer = t_writer ??= new Utf8JsonWriter(output, WriterOptions);
        writer.Reset(output);
        return writer;
    }

    public static void WriteTime(Utf8JsonWriter writer, JsonEncodedText name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[UtcTimestamp.Length];
        UtcTimestamp.Format(time, text);
        writer.WriteString(name, text);
    }

    public static void WriteTimeOrNull(Utf8JsonWriter writer, JsonEncodedText name, DateTimeOffset? time)
    {
        if (time is { } known) WriteTime(writer, name, known);
        else writer.WriteNull(name);
    }

    public static void WriteNumberOrNull(Utf8JsonWriter writer, JsonEncodedText name, long? number)
    {
        if (number is { } known) writer.WriteNumber(name, known);
        else writer.WriteNull(name);
    }

    /// <summary>JSON that was checked when it came in, as it was written.</summary>
    public static void WriteRawOrNull(Utf8JsonWriter writer, JsonEncodedText name, RawJson? json)
    {
        writer.WritePropertyName(name);
        if (json is { } known) writer.WriteRawValue(known.Text, skipInputValidation: true);
        else writer.WriteNullValue();
    }
}
