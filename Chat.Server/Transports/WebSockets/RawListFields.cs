using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Rules;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Transports.WebSockets;

/// <summary>A conversation in a user's list, as raw frames and REST show it.</summary>
internal static class RawListFields
{
    private static readonly JsonKey AvatarUrlKey = new(ChatField.AvatarUrl), IsArchivedKey = new(ChatField.IsArchived);
    private static readonly JsonKey LastSeqKey = new("lastSeq");
    private static readonly JsonKey LastReadSeqKey = new("lastReadSeq");
    private static readonly JsonKey IsMutedKey = new("isMuted");
    private static readonly JsonKey UnreadCountKey = new("unreadCount");
    private static readonly JsonKey LastEntryKey = new("lastEntry");
    private static readonly JsonKey IsLastEntryCutKey = new("isLastEntryCut");
    private static readonly JsonKey UnreadFromKey = new("unreadFrom");

    public static void Write(Utf8JsonWriter writer, JsonNames names, ListSignal signal, RawFeatures features)
    {
        writer.WriteString(names.ConversationId, signal.Where.Value);
        if (signal.Summary is not { } summary) return;
        writer.WriteStartObject("conversation"u8);
        Write(writer, names, summary, features);
        writer.WriteEndObject();
    }

    /// <summary>A page of the list.</summary>
    public static void Write(
        Utf8JsonWriter writer, JsonNames names, IReadOnlyList<ConversationSummary> listed, RawFeatures features)
    {
        writer.WriteStartArray("conversations"u8);
        foreach (var summary in listed)
        {
            writer.WriteStartObject();
            Write(writer, names, summary, features);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(
        Utf8JsonWriter writer, JsonNames names, ConversationSummary summary, RawFeatures features)
    {
        writer.WriteString("id"u8, summary.Id.Value);
        writer.WriteString("kind"u8, names.Policy.ConvertName(summary.Kind.ToString()));
        writer.WriteString("title"u8, summary.Title);
        if (summary.Topic is { } topic) writer.WriteString("topic"u8, topic);
        if (summary.AvatarUrl is { } avatar) writer.WriteString(AvatarUrlKey.In(names), avatar);
        if (summary.IsArchived) writer.WriteBoolean(IsArchivedKey.In(names), true);
        EntryJson.WriteTime(writer, names.CreatedAt, summary.CreatedAt);
        writer.WriteNumber(LastSeqKey.In(names), summary.LastSequence);
        writer.WriteNumber(LastReadSeqKey.In(names), summary.LastReadSequence);
        writer.WriteBoolean(IsMutedKey.In(names), summary.IsMuted);
        writer.WriteNumber(UnreadCountKey.In(names), summary.UnreadCount);
        writer.WritePropertyName(LastEntryKey.In(names));
        WriteEntry(writer, names, summary.LastEntry, features);
        writer.WriteBoolean(IsLastEntryCutKey.In(names), summary.IsLastEntryCut);
        writer.WriteString("cursor"u8, summary.Cursor);
        WriteUnread(writer, summary.Unread);
        EntryJson.WriteNumberOrNull(writer, UnreadFromKey.In(names), summary.UnreadFrom);
    }

    public static void WriteUnread(Utf8JsonWriter writer, Unread? unread)
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

    /// <summary>As in <c>message</c> and <c>entry</c> frames, always with its sequence and its kind.</summary>
    public static void WriteEntry(
        Utf8JsonWriter writer, JsonNames names, ConversationEntry? entry, RawFeatures features)
    {
        if (entry is null)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        if (entry is MessageEntry message)
        {
            writer.WriteString("kind"u8, "message"u8);
            RawEntryFields.WriteMessage(writer, names, message, features);
            writer.WriteNumber("seq"u8, message.Sequence);
        }
        else RawEntryFields.WriteAll(writer, names, entry, features);
        writer.WriteEndObject();
    }
}
