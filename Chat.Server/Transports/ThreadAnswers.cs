using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports;

/// <summary>Threads, mentions and pins as raw frames and REST show them.</summary>
internal static class ThreadAnswers
{
    private static readonly JsonEncodedText Thread = JsonEncodedText.Encode("thread");
    private static readonly JsonKey LastSeqKey = new("lastSeq");
    private static readonly JsonKey LastEntryKey = new("lastEntry");
    private static readonly JsonKey IsFollowingKey = new("isFollowing");
    private static readonly JsonKey LastReadSeqKey = new("lastReadSeq");
    private static readonly JsonKey UnreadFromKey = new("unreadFrom");
    private static readonly JsonKey PinSeqKey = new("pinSeq");
    private static readonly JsonKey PinnedByKey = new("pinnedBy");
    private static readonly JsonKey PinnedAtKey = new("pinnedAt");

    public static void Write(Utf8JsonWriter writer, JsonNames names, IReadOnlyList<ThreadSummary> threads)
    {
        writer.WriteStartArray("threads"u8);
        foreach (var one in threads)
        {
            writer.WriteStartObject();
            writer.WriteNumber(Thread, one.Thread);
            writer.WriteNumber("replies"u8, one.Replies);
            writer.WriteNumber(LastSeqKey.In(names), one.LastSequence);
            writer.WritePropertyName(LastEntryKey.In(names));
            RawListFields.WriteEntry(writer, names, one.LastEntry, RawFeatures.Threads);
            writer.WriteStartArray("people"u8);
            foreach (var user in one.People) writer.WriteStringValue(user.Value);
            writer.WriteEndArray();
            writer.WriteBoolean(IsFollowingKey.In(names), one.IsFollowing);
            writer.WriteNumber(LastReadSeqKey.In(names), one.LastReadSequence);
            RawListFields.WriteUnread(writer, one.Unread);
            EntryJson.WriteNumberOrNull(writer, UnreadFromKey.In(names), one.UnreadFrom);
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
            EntryJson.WriteNumberOrNull(writer, Thread, one.Thread);
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
            writer.WriteNumber(PinSeqKey.In(names), one.PinSequence);
            writer.WriteString(PinnedByKey.In(names), one.PinnedBy.Value);
            EntryJson.WriteTime(writer, PinnedAtKey.In(names), one.PinnedAt);
            writer.WritePropertyName("entry"u8);
            RawListFields.WriteEntry(writer, names, one.Entry, RawFeatures.Threads);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
