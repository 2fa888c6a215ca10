using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Server.FanOut.Backplane;

/// <summary>Entries as the bytes that travel between instances: a free byte for the kind of message, then a JSON array.</summary>
internal static class EntryCodec
{
    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode"/> makes.</exception>
    public static List<ConversationEntry> Decode(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, ChatJsonContext.Default.ListConversationEntry) ?? [];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("not a list of entries", e);
        }
    }

    public static byte[] Encode(IReadOnlyList<ConversationEntry> entries)
    {
        var output = new ArrayBufferWriter<byte>(64 + entries.Count * 384);
        output.Write<byte>([0]);
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, [.. entries], ChatJsonContext.Default.ListConversationEntry);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
