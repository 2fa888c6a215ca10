using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using System.Text.Json;

namespace Chat.Server.FanOut.Backplane;

/// <summary>Committed entries of one conversation as the bytes that travel between instances.</summary>
/// <remarks>A free byte for the kind of message, the version, the conversation, a count, then the entries. Messages are written field by field;
/// the other kinds are rare, and are JSON as on the hub. Integers are little-endian.</remarks>
internal static class EntryCodec
{
    private const byte Version = 1;

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode"/> of this version makes.</exception>
    public static List<ConversationEntry> Decode(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        if (reader.ReadByte() is not Version and var version) throw new InvalidDataException($"version {version} of entries is not known here");
        var conversation = new ConversationId(reader.ReadGuid());
        var entries = new List<ConversationEntry>();
        for (var left = reader.ReadCount(); left > 0; left--) entries.Add(ReadEntry(ref reader, conversation));
        return entries;
    }

    public static byte[] Encode(IReadOnlyList<ConversationEntry> entries)
    {
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteGuid(entries[0].ConversationId.Value);
        writer.WriteCount(entries.Count);
        foreach (var entry in entries) WriteEntry(writer, entry);
        return writer.ToArray();
    }

    private static void WriteEntry(WireWriter writer, ConversationEntry entry)
    {
        writer.WriteByte((byte)entry.Kind);
        if (entry is not MessageEntry message)
        {
            writer.WriteBytes(JsonSerializer.SerializeToUtf8Bytes(entry, ChatJsonContext.Default.ConversationEntry));
            return;
        }
        writer.WriteInt64(message.Sequence);
        writer.WriteGuid(message.Id.Value);
        writer.WriteInt64(message.CreatedAt.UtcTicks);
        writer.WriteText(message.SenderId.Value);
        writer.WriteText(message.Body);
        writer.WriteByte((byte)message.MsgType);
        writer.WriteText(message.AttachmentUrl);
        writer.WriteText(message.AttachmentMeta?.Text);
        writer.WriteText(message.DedupeKey);
    }

    private static ConversationEntry ReadEntry(ref WireReader reader, ConversationId conversation)
    {
        if ((EntryKind)reader.ReadByte() == EntryKind.Message) return ReadMessage(ref reader, conversation);
        try
        {
            return JsonSerializer.Deserialize(reader.ReadBytes(), ChatJsonContext.Default.ConversationEntry) ?? throw new InvalidDataException("an entry is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new InvalidDataException("an entry is not what it should be", e);
        }
    }

    private static MessageEntry ReadMessage(ref WireReader reader, ConversationId conversation) => new()
    {
        ConversationId = conversation,
        Sequence = reader.ReadInt64(),
        Id = new MessageId(reader.ReadGuid()),
        CreatedAt = reader.ReadTime(),
        SenderId = reader.ReadUser(),
        Body = reader.ReadText(),
        MsgType = (MessageType)reader.ReadByte(),
        AttachmentUrl = reader.ReadText(),
        AttachmentMeta = reader.ReadText() is { } meta ? new RawJson(meta) : null,
        DedupeKey = reader.ReadText(),
    };
}
