using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Chat.Server.Transports.WebSockets;

/// <summary>Writes one JSON object as one unmasked WebSocket text frame (RFC 6455, 5.2).</summary>
internal static class RawFrameWriter
{
    private const byte FinalText = 0x81;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_payload;

    /// <summary>Has the callback fill the object, then writes header and payload.</summary>
    public static void Write<TState>(IBufferWriter<byte> output, TState state, Action<Utf8JsonWriter, TState> fill)
    {
        var payload = t_payload ??= new ArrayBufferWriter<byte>(1_024);
        payload.ResetWrittenCount();
        var writer = EntryJson.WriterFor(payload);
        writer.WriteStartObject();
        fill(writer, state);
        writer.WriteEndObject();
        writer.Flush();
        WriteHeader(output, payload.WrittenCount);
        output.Write(payload.WrittenSpan);
        if (payload.Capacity > 256 * 1024) t_payload = null; // one huge frame must not be paid for by every thread for ever
    }

    private static void WriteHeader(IBufferWriter<byte> output, int length)
    {
        var header = output.GetSpan(10);
        header[0] = FinalText;
        switch (length)
        {
            case < 126:
                header[1] = (byte)length;
                output.Advance(2);
                break;
            case <= ushort.MaxValue:
                header[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
                output.Advance(4);
                break;
            default:
                header[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)length);
                output.Advance(10);
                break;
        }
    }
}
