using System.Buffers;
using System.Text.Json;
using Chat.Server.Transports.Framing;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Writes one JSON object as one frame.</summary>
internal static class RawFrameWriter
{
    /// <summary>Writes an object that the callback fills.</summary>
    public static void Write<TState>(IBufferWriter<byte> output, TState state, Action<Utf8JsonWriter, TState> fill) =>
        DataFrame.WriteText(output, (state, fill), static (payload, s) =>
        {
            var writer = EntryJson.WriterFor(payload);
            writer.WriteStartObject();
            s.fill(writer, s.state);
            writer.WriteEndObject();
            writer.Flush();
        });
}
