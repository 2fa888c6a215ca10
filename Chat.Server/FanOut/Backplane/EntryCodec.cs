using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.FanOut.Backplane;

/// <summary>Encodes committed entries of one conversation for other instances.</summary>
/// <remarks>A byte reserved for the kind of message, the version, the conversation, a count, then the entries. Messages
/// are written field by field; the other kinds are rare, and are JSON as on the hub. Integers are
/// little-endian.</remarks>
internal static class EntryCodec
{
    private const byte Version = 1;

    /// <summary>In place of the kind: a message with more fields. They follow as a payload.</summary>
    private const byte MessageWithPayload = 0x80;

    /// <exception cref="InvalidDataException">The bytes are not from <see cref="Encode"/> of this version.</exception>
    public static List<ConversationEntry> Decode(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of entries is not known here");
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
        if (entry is not MessageEntry message)
        {
            writer.WriteByte((byte)entry.Kind);
            writer.WriteBytes(JsonSerializer.SerializeToUtf8Bytes(entry, ChatJsonContext.Default.ConversationEntry));
            return;
        }
        var content = EntryContent.Of(message);
        var payload = PayloadOf(content);
        writer.WriteByte(payload is null ? (byte)EntryKind.Message : MessageWithPayload);
        writer.WriteInt64(message.Sequence);
        writer.WriteGuid(message.Id.Value);
        writer.WriteInt64(message.CreatedAt.UtcTicks);
        writer.WriteText(message.SenderId.Value);
        writer.WriteText(message.Body);
        writer.WriteByte((byte)content.MsgType);
        writer.WriteText(content.AttachmentUrl);
        writer.WriteText(content.AttachmentMeta);
        writer.WriteText(content.DedupeKey);
        if (payload is not null) writer.WriteText(payload.ToText());
    }

    private static ConversationEntry ReadEntry(ref WireReader reader, ConversationId conversation)
    {
        var kind = reader.ReadByte();
        try
        {
            if (kind is (byte)EntryKind.Message or MessageWithPayload)
                return ReadMessage(ref reader, conversation, hasPayload: kind == MessageWithPayload);
            return JsonSerializer.Deserialize(reader.ReadBytes(), ChatJsonContext.Default.ConversationEntry)
                ?? throw new InvalidDataException("an entry is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new InvalidDataException("an entry is not what it should be", e);
        }
    }

    private static ConversationEntry ReadMessage(ref WireReader reader, ConversationId conversation, bool hasPayload)
    {
        var sequence = reader.ReadInt64();
        var id = new MessageId(reader.ReadGuid());
        var createdAt = reader.ReadTime();
        var header = new EntryHeader(id, conversation, sequence, reader.ReadUser(), createdAt);
        var content = new EntryContent(EntryKind.Message)
        {
            Text = reader.ReadText() ?? "",
            MsgType = (MessageType)reader.ReadByte(),
            AttachmentUrl = reader.ReadText(),
            AttachmentMeta = reader.ReadText(),
            DedupeKey = reader.ReadText(),
        };
        return (hasPayload ? With(content, EntryPayload.Parse(reader.ReadText())) : content).ToEntry(header);
    }

    /// <summary>What is stored as payload, and what has a column that an instance of the version before does not
    /// read.</summary>
    private static EntryPayload? PayloadOf(in EntryContent content) => content is { ReplyTo: null, Thread: null }
        ? content.Payload
        : (content.Payload ?? new EntryPayload()) with
        {
            ReplyTo = content.ReplyTo, Thread = content.Thread,
            AlsoInConversation = content.AlsoInConversation ? true : null,
        };

    private static EntryContent With(in EntryContent content, EntryPayload? payload) => content with
    {
        Payload = payload, ReplyTo = payload?.ReplyTo, Thread = payload?.Thread,
        AlsoInConversation = payload?.AlsoInConversation ?? false,
    };
}
