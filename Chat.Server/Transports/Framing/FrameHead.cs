using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Chat.Server.Transports.Framing;

/// <summary>The head of one frame (RFC 6455, 5.2), which may come in pieces.</summary>
internal struct FrameHead
{
    public const int Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    /// <summary>Bytes in a control frame at most.</summary>
    public const int LargestControl = 125;

    private const int Largest = 14, FinalBit = 0x80, ReservedBits = 0x70, OpcodeBits = 0x0f, FirstControl = 8;
    private const int MaskBit = 0x80, LengthBits = 0x7f, TwoBytes = 126, EightBytes = 127, MaskBytes = 4;

    private Bytes _bytes;
    private int _have; // as many of them as have come

    public readonly bool IsWhole => _have >= 2 && _have == Size;

    public readonly int Opcode => _bytes[0] & OpcodeBits;

    public readonly bool IsControl => Opcode >= FirstControl;

    public readonly bool IsFinal => (_bytes[0] & FinalBit) != 0;

    /// <summary>Bytes of the payload; below zero: the head says what it must not.</summary>
    public readonly long Length => (_bytes[1] & LengthBits) switch
    {
        TwoBytes => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]),
        EightBytes => BinaryPrimitives.ReadInt64BigEndian(_bytes[2..]),
        var few => few,
    };

    /// <summary>Of a frame that has one. Its first byte is the lowest.</summary>
    public readonly uint Mask => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[(Size - MaskBytes)..]);

    /// <summary>Whether a client may send it, whatever came before: with a mask, with an opcode that there is, and
    /// without what only extensions know.</summary>
    public readonly bool IsAllowed => (_bytes[0] & ReservedBits) == 0 && IsMasked && Length >= 0
        && (IsControl ? Opcode <= Pong && IsFinal && Length <= LargestControl : Opcode <= Binary);

    private readonly bool IsMasked => (_bytes[1] & MaskBit) != 0;

    private readonly int Size => 2 + (IsMasked ? MaskBytes : 0) + (_bytes[1] & LengthBits) switch
    {
        TwoBytes => sizeof(ushort),
        EightBytes => sizeof(ulong),
        _ => 0,
    };

    /// <summary>Takes what belongs to it.</summary>
    /// <returns>How many bytes that is, from the beginning.</returns>
    public int Take(ReadOnlySpan<byte> came)
    {
        var taken = 0;
        while (!IsWhole && taken < came.Length) _bytes[_have++] = came[taken++];
        return taken;
    }

    [InlineArray(Largest)]
    private struct Bytes
    {
        private byte _first;
    }
}
