using System.Buffers;
using System.Buffers.Binary;

namespace Chat.Server.Transports.Framing;

/// <summary>Puts a payload into one unmasked WebSocket frame (RFC 6455, 5.2). A server's frames are not masked, so all
/// readers can share them.</summary>
internal static class DataFrame
{
    private const byte FinalText = 0x81, FinalBinary = 0x82;
    private const int LargestHeader = 10;
    private const int KeptScratch = 256 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_payload;

    /// <summary>Writes header and payload; the callback writes the payload.</summary>
    public static void WriteText<TState>(
        IBufferWriter<byte> output, TState state, Action<IBufferWriter<byte>, TState> writePayload) =>
        Write(FinalText, output, state, writePayload);

    /// <summary>The same, as a binary frame.</summary>
    public static void WriteBinary<TState>(
        IBufferWriter<byte> output, TState state, Action<IBufferWriter<byte>, TState> writePayload) =>
        Write(FinalBinary, output, state, writePayload);

    private static void Write<TState>(
        byte first, IBufferWriter<byte> output, TState state, Action<IBufferWriter<byte>, TState> writePayload)
    {
        var payload = t_payload ??= new ArrayBufferWriter<byte>(1_024);
        payload.ResetWrittenCount();
        writePayload(payload, state);
        WriteHeader(output, first, payload.WrittenCount);
        output.Write(payload.WrittenSpan);
        // one huge frame must not be paid for by every thread for ever
        if (payload.Capacity > KeptScratch) t_payload = null;
    }

    private static void WriteHeader(IBufferWriter<byte> output, byte first, int length)
    {
        var header = output.GetSpan(LargestHeader);
        header[0] = first;
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
                output.Advance(LargestHeader);
                break;
        }
    }
}
