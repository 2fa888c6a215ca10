using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Server.FanOut;
using Chat.Server.Transports;

namespace Chat.Server.Room.Polling;

/// <summary>Messages as chat-room's clients read them, each with a comma before it. Other entries are not shown, nor
/// messages whose content is erased.</summary>
internal sealed class RoomFormat : WireFormat
{
    public static readonly RoomFormat Instance = new();

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText SenderId = JsonEncodedText.Encode("sender_id");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("created_at");

    private RoomFormat()
    {
    }

    public override void Encode(ConversationEntry entry, IBufferWriter<byte> output)
    {
        if (entry is not MessageEntry { Erased: false } message) return;
        output.Write(","u8);
        var writer = EntryJson.WriterFor(output);
        writer.WriteStartObject();
        writer.WriteNumber(Id, message.Sequence);
        writer.WriteString(SenderId, message.SenderId.Value);
        // these clients know text only, and it is never null there
        writer.WriteString(Message, message.Body ?? message.AttachmentUrl ?? "");
        EntryJson.WriteTime(writer, CreatedAt, message.CreatedAt);
        writer.WriteEndObject();
        writer.Flush();
    }

    public override EncodedBlock CreateBlock(
        long from, long to, ReadOnlyMemory<byte> bytes, IReadOnlyList<ConversationEntry> entries)
    {
        var messages = new List<long>(entries.Count);
        foreach (var entry in entries)
            if (entry is MessageEntry { Erased: false }) messages.Add(entry.Sequence);
        return new RoomBlock(from, to, bytes, messages);
    }
}
