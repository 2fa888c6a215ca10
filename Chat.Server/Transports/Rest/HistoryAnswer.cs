using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports.Rest;

/// <summary>A page of a view, as REST shows it.</summary>
internal static class HistoryAnswer
{
    private static readonly JsonEncodedText AttachmentMeta = JsonEncodedText.Encode("attachment_meta");

    public static void Write(Utf8JsonWriter writer, HistoryPage page)
    {
        writer.WriteStartArray("entries"u8);
        foreach (var entry in page.Entries)
            RawListFields.WriteEntry(writer, JsonNames.Snake, entry, RawFeatures.Edits | RawFeatures.Threads);
        writer.WriteEndArray();
        if (page.Current is { } current)
        {
            writer.WriteStartArray("current"u8);
            foreach (var one in current) Write(writer, one);
            writer.WriteEndArray();
        }
        writer.WriteNumber("head"u8, page.Head);
        writer.WriteString("generation"u8, page.Generation);
        writer.WriteNumber("count"u8, page.Entries.Count);
    }

    private static void Write(Utf8JsonWriter writer, CurrentMessage current)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seq"u8, current.Sequence);
        writer.WriteNumber("version"u8, current.Version);
        writer.WriteString("body"u8, current.Body);
        writer.WriteString("attachment_url"u8, current.AttachmentUrl);
        EntryJson.WriteRawOrNull(writer, AttachmentMeta, current.AttachmentMeta);
        if (current.Attachments is { } attachments)
        {
            writer.WritePropertyName("attachments"u8);
            AttachmentFields.Write(writer, JsonNames.Snake, attachments);
        }
        if (current.Mentions is { } mentions)
        {
            writer.WritePropertyName("mentions"u8);
            MentionFields.Write(writer, mentions);
        }
        writer.WriteBoolean("deleted"u8, current.Deleted);
        writer.WriteStartArray("counts"u8);
        foreach (var (key, count) in current.Counts)
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, key);
            writer.WriteNumber("count"u8, count);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("mine"u8);
        foreach (var key in current.Mine) writer.WriteStringValue(key);
        writer.WriteEndArray();
        writer.WriteBoolean("pinned"u8, current.Pinned);
        writer.WritePropertyName("replies"u8);
        if (current.Replies is { } replies)
        {
            writer.WriteStartObject();
            writer.WriteNumber("count"u8, replies.Count);
            writer.WriteNumber("last_seq"u8, replies.LastSequence);
            writer.WriteEndObject();
        }
        else writer.WriteNullValue();
        writer.WriteEndObject();
    }
}
