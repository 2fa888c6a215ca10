using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports;

/// <summary>Threads and mentions as raw frames and REST show them.</summary>
internal static class ThreadAnswers
{
    public static void Write(Utf8JsonWriter writer, JsonNames names, IReadOnlyList<ThreadSummary> threads)
    {
        writer.WriteStartArray("threads"u8);
        foreach (var one in threads)
        {
            writer.WriteStartObject();
            writer.WriteNumber("thread"u8, one.Thread);
            writer.WriteNumber("replies"u8, one.Replies);
            writer.WriteNumber(names.Policy.ConvertName("LastSeq"), one.LastSequence);
            writer.WritePropertyName(names.Policy.ConvertName("LastEntry"));
            RawListFields.WriteEntry(writer, names, one.LastEntry, RawFeatures.Threads);
            writer.WriteStartArray("people"u8);
            foreach (var user in one.People) writer.WriteStringValue(user.Value);
            writer.WriteEndArray();
            writer.WriteBoolean(names.Policy.ConvertName("IsFollowing"), one.IsFollowing);
            writer.WriteNumber(names.Policy.ConvertName("LastReadSeq"), one.LastReadSequence);
            Write(writer, one.Unread);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, JsonNames names, IReadOnlyList<Mention> mentions)
    {
        writer.WriteStartArray("mentions"u8);
        foreach (var one in mentions)
        {
            writer.WriteStartObject();
            writer.WriteString(names.ConversationId, one.ConversationId.Value);
            writer.WriteNumber("seq"u8, one.Sequence);
            if (one.Thread is { } thread) writer.WriteNumber("thread"u8, thread);
            else writer.WriteNull("thread"u8);
            writer.WritePropertyName("entry"u8);
            RawListFields.WriteEntry(writer, names, one.Entry, RawFeatures.Threads);
            EntryJson.WriteTime(writer, names.CreatedAt, one.CreatedAt);
            writer.WriteString("cursor"u8, one.Cursor);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, JsonNames names, IReadOnlyList<Pin> pins)
    {
        writer.WriteStartArray("pins"u8);
        foreach (var one in pins)
        {
            writer.WriteStartObject();
            writer.WriteNumber("seq"u8, one.Sequence);
            writer.WriteNumber(names.Policy.ConvertName("PinSeq"), one.PinSequence);
            writer.WriteString(names.Policy.ConvertName("PinnedBy"), one.PinnedBy.Value);
            EntryJson.WriteTime(writer, JsonEncodedText.Encode(names.Policy.ConvertName("PinnedAt")), one.PinnedAt);
            writer.WritePropertyName("entry"u8);
            RawListFields.WriteEntry(writer, names, one.Entry, RawFeatures.Threads);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Unread? unread)
    {
        if (unread is null)
        {
            writer.WriteNull("unread"u8);
            return;
        }
        writer.WriteStartObject("unread"u8);
        writer.WriteNumber("count"u8, unread.Count);
        writer.WriteBoolean("more"u8, unread.More);
        writer.WriteEndObject();
    }
}
