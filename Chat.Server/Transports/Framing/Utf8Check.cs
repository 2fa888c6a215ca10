using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Chat.Server.Transports.Framing;

/// <summary>Whether a text that comes in parts is UTF-8. A part may end inside a character.</summary>
internal struct Utf8Check
{
    private const int LongestUnfinished = 3;

    private uint _kept; // of a character that is not whole; its first byte is the lowest
    private int _count; // bytes of it

    /// <summary>Looks at the next part.</summary>
    /// <returns>False: it is not, or ends inside a character.</returns>
    public bool Take(ReadOnlySpan<byte> part, bool isLast)
    {
        if (_count > 0 && !TryFinish(ref part)) return false;
        if (_count > 0) return !isLast; // all of it went there
        var unfinished = isLast ? 0 : Unfinished(part);
        if (!Utf8.IsValid(part[..^unfinished])) return false;
        foreach (var one in part[^unfinished..]) _kept |= (uint)one << (8 * _count++);
        return true;
    }

    private bool TryFinish(ref ReadOnlySpan<byte> part)
    {
        Span<byte> character = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(character, _kept);
        while (!part.IsEmpty)
        {
            character[_count++] = part[0];
            part = part[1..];
            var status = Rune.DecodeFromUtf8(character[.._count], out _, out _);
            if (status == OperationStatus.InvalidData) return false;
            if (status == OperationStatus.NeedMoreData) continue;
            (_kept, _count) = (0, 0);
            return true;
        }
        _kept = BinaryPrimitives.ReadUInt32LittleEndian(character);
        return true;
    }

    /// <returns>How many bytes at the end begin a character that is not whole.</returns>
    private static int Unfinished(ReadOnlySpan<byte> part)
    {
        for (var n = 1; n <= Math.Min(LongestUnfinished, part.Length); n++)
        {
            var isInside = (part[^n] & 0xc0) == 0x80;
            if (!isInside)
                return Rune.DecodeFromUtf8(part[^n..], out _, out _) == OperationStatus.NeedMoreData ? n : 0;
        }
        return 0;
    }
}
