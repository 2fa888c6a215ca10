using System.Buffers.Binary;

namespace Chat.Tests.Integration.Sockets;

/// <summary>WebSocket frames that say whose they are and which of them, with a payload that follows from it.</summary>
internal static class NumberedFrames
{
    public const byte Text = 0x81, FirstFragment = 0x01, LastFragment = 0x80, Ping = 0x89, Close = 0x88;

    /// <summary>The writers. Only the last may write messages in parts.</summary>
    public const byte Blocks = 1, Answers = 2, Framework = 3;

    private const int Header = 4, Name = 5;

    /// <param name="first">The frame's first byte: its kind.</param>
    /// <param name="writer">Whose it is.</param>
    /// <param name="number">Which of the writer's.</param>
    /// <param name="size">Bytes of the payload behind its name.</param>
    public static byte[] Make(byte first, byte writer, int number, int size)
    {
        var frame = new byte[Header + Name + size];
        (frame[0], frame[1]) = (first, 126);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)(Name + size));
        frame[Header] = writer;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(Header + 1), number);
        new Random(number * 31 + writer).NextBytes(frame.AsSpan(Header + Name));
        return frame;
    }

    /// <summary>Takes the next frame apart; null when not all of it is there.</summary>
    public static (byte First, byte Writer, int Number)? Take(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Header) return null;
        Assert.True(bytes[1] == 126, "this is not the beginning of a frame");
        var length = Header + BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (bytes.Length < length) return null;
        var (first, writer) = (bytes[0], bytes[Header]);
        var number = BinaryPrimitives.ReadInt32BigEndian(bytes[(Header + 1)..]);
        Assert.True(bytes[..length].SequenceEqual(Make(first, writer, number, length - Header - Name)),
            $"frame {number} of {writer} is not what was written");
        bytes = bytes[length..];
        return (first, writer, number);
    }

    /// <summary>Frames are whole, those of a writer in their order, none stands within another's message, and none
    /// behind a close.</summary>
    /// <returns>How many there are, by writer.</returns>
    public static int[] Check(ReadOnlySpan<byte> bytes, bool whole)
    {
        var seen = new int[Framework + 1];
        var (inside, closed) = (false, false);
        while (Take(ref bytes) is var (first, writer, number))
        {
            Assert.False(closed, "a frame behind the close");
            closed = first == Close;
            if (writer != Framework) Assert.Equal(seen[writer], number);
            Assert.True(!inside || writer == Framework, "a block within a message");
            inside = first == FirstFragment || (inside && first != LastFragment);
            seen[writer]++;
        }
        if (whole) Assert.True(bytes.IsEmpty, $"{bytes.Length} bytes are left");
        return seen;
    }
}
