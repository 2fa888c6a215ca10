using System.Buffers;
using System.Buffers.Binary;
using MessagePack;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>Picks single values out of MessagePack that this server wrote: a full parse would measure the
/// client.</summary>
internal static class PackScan
{
    /// <summary>The number after the last such key; -1 when there is none.</summary>
    public static long LastNumber(ReadOnlySpan<byte> message, ReadOnlySpan<byte> key)
    {
        var at = message.LastIndexOf(key);
        if (at < 0) return -1;
        var value = message[(at + key.Length)..];
        return value[0] switch
        {
            < 0x80 => value[0],
            MessagePackCode.UInt8 => value[1],
            MessagePackCode.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(value[1..]),
            MessagePackCode.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(value[1..]),
            MessagePackCode.UInt64 => (long)BinaryPrimitives.ReadUInt64BigEndian(value[1..]),
            _ => -1,
        };
    }

    /// <summary>The text after the first such key; empty when there is none.</summary>
    public static ReadOnlySpan<byte> FirstText(ReadOnlySpan<byte> message, ReadOnlySpan<byte> key)
    {
        var at = message.IndexOf(key);
        if (at < 0) return default;
        var value = message[(at + key.Length)..];
        return value[0] switch
        {
            >= MessagePackCode.MinFixStr and <= MessagePackCode.MaxFixStr => value.Slice(1, value[0] & 0x1f),
            MessagePackCode.Str8 => value.Slice(2, value[1]),
            MessagePackCode.Str16 => value.Slice(3, BinaryPrimitives.ReadUInt16BigEndian(value[1..])),
            _ => default,
        };
    }

    /// <summary>The length before a hub message: seven bits a byte, the lowest first.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> bytes, out int prefix, out int length)
    {
        length = 0;
        for (prefix = 0; prefix < bytes.Length;)
        {
            var part = bytes[prefix];
            length |= (part & 0x7f) << (7 * prefix++);
            if (part < 0x80) return true;
        }
        return false;
    }

    /// <summary>The same, written.</summary>
    public static byte[] Length(int length)
    {
        var prefix = new List<byte>();
        for (; length > 0x7f; length >>= 7) prefix.Add((byte)(length | 0x80));
        return [.. prefix, (byte)length];
    }

    /// <summary>A text, written.</summary>
    public static byte[] Text(ReadOnlySpan<byte> text)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteString(text);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A number, or nil, written.</summary>
    public static byte[] Number(long? value)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        if (value is { } number) writer.Write(number);
        else writer.WriteNil();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
