using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;

namespace Chat.ClientSdk.Sending;

/// <summary>The bytes of one record: length and checksum, then the event. Little-endian.</summary>
/// <remarks><c>int32 length of the payload, uint32 CRC-32C of length and payload, payload</c>; the payload is 1 and a
/// message as JSON, or 2 and an int64 for each number.</remarks>
internal static class JournalRecord
{
    private const int HeadBytes = 8;
    private const byte Added = 1;
    private const byte Removed = 2;

    public static byte[] Encode(OutboxMessage message) =>
        Encode([Added, .. JsonSerializer.SerializeToUtf8Bytes(message, OutboxJson.Default.OutboxMessage)]);

    public static byte[] Encode(IReadOnlyList<long> removed)
    {
        var payload = new byte[1 + 8 * removed.Count];
        payload[0] = Removed;
        for (var i = 0; i < removed.Count; i++)
            BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(1 + 8 * i), removed[i]);
        return Encode(payload);
    }

    /// <summary>The length of the record that begins here; 0 when there is no complete and valid one.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes) return 0;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < 1 || length > bytes.Length - HeadBytes) return 0;
        var payload = bytes.Slice(HeadBytes, length);
        if (payload[0] is not (Added or Removed)) return 0;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Checksum(length, payload)
            ? HeadBytes + length
            : 0;
    }

    /// <summary>The content of a valid record: a message, or the numbers of removed messages. False when this version
    /// cannot read it.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> record, out OutboxMessage? message, out long[] removed)
    {
        (message, removed) = (null, []);
        var payload = record[HeadBytes..];
        if (payload[0] == Added) return TryRead(payload[1..], out message);
        removed = new long[(payload.Length - 1) / 8];
        for (var i = 0; i < removed.Length; i++)
            removed[i] = BinaryPrimitives.ReadInt64LittleEndian(payload[(1 + 8 * i)..]);
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> json, out OutboxMessage? message)
    {
        message = null;
        try
        {
            var read = JsonSerializer.Deserialize(json, OutboxJson.Default.OutboxMessage);
            if (read is not { Number: > 0, Options.DedupeKey: not null }) return false;
            message = read;
            return true;
        }
        catch (JsonException) // of a later version, perhaps
        {
            return false;
        }
    }

    private static byte[] Encode(byte[] payload)
    {
        var record = new byte[HeadBytes + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), Checksum(payload.Length, payload));
        payload.CopyTo(record, HeadBytes);
        return record;
    }

    private static uint Checksum(int length, ReadOnlySpan<byte> payload)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (uint)length);
        foreach (var b in payload) sum = BitOperations.Crc32C(sum, b);
        return ~sum;
    }
}
