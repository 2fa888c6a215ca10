using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Transports.WebSockets;

/// <summary>A conversation in a user's list, as raw frames and REST show it.</summary>
internal static class RawListFields
{
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
        var policy = names.Policy;
        writer.WriteString("id"u8, summary.Id.Value);
        writer.WriteString("kind"u8, policy.ConvertName(summary.Kind.ToString()));
        writer.WriteString("title"u8, summary.Title);
        EntryJson.WriteTime(writer, names.CreatedAt, summary.CreatedAt);
        writer.WriteNumber(policy.ConvertName("LastSeq"), summary.LastSequence);
        writer.WriteNumber(policy.ConvertName("LastReadSeq"), summary.LastReadSequence);
        writer.WriteBoolean(policy.ConvertName("IsMuted"), summary.IsMuted);
        writer.WriteNumber(policy.ConvertName("UnreadCount"), summary.UnreadCount);
        writer.WritePropertyName(policy.ConvertName("LastEntry"));
        WriteEntry(writer, names, summary.LastEntry, features);
        writer.WriteBoolean(policy.ConvertName("IsLastEntryCut"), summary.IsLastEntryCut);
        writer.WriteString("cursor"u8, summary.Cursor);
        writer.WritePropertyName("unread"u8);
        if (summary.Unread is { } unread)
        {
            writer.WriteStartObject();
            writer.WriteNumber("count"u8, unread.Count);
            writer.WriteBoolean("more"u8, unread.More);
            writer.WriteEndObject();
        }
        else writer.WriteNullValue();
        writer.WritePropertyName(policy.ConvertName("UnreadFrom"));
        if (summary.UnreadFrom is { } from) writer.WriteNumberValue(from);
        else writer.WriteNullValue();
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
            MessageFields.Write(writer, message, names);
            if (features.HasFlag(RawFeatures.Threads)) ThreadFields.Write(writer, message, names);
            if (features.HasFlag(RawFeatures.Edits) && message.Erased) writer.WriteBoolean("erased"u8, true);
            writer.WriteNumber("seq"u8, message.Sequence);
        }
        else RawEntryFields.WriteAll(writer, names, entry, features);
        writer.WriteEndObject();
    }
}
