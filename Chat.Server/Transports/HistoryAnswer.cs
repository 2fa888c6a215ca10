using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Contracts.Rules;
using Chat.Server.Transports.WebSockets;

namespace Chat.Server.Transports;

/// <summary>A page of a log or of a view, as raw frames and REST show it.</summary>
internal static class HistoryAnswer
{
    private static readonly JsonKey AttachmentUrlKey = new(ChatField.AttachmentUrl);
    private static readonly JsonKey AttachmentMetaKey = new(ChatField.AttachmentMeta);
    private static readonly JsonKey LastSeqKey = new("lastSeq");

    public static void Write(Utf8JsonWriter writer, JsonNames names, HistoryPage page, RawFeatures features)
    {
        writer.WriteStartArray("entries"u8);
        foreach (var entry in page.Entries) RawListFields.WriteEntry(writer, names, entry, features);
        writer.WriteEndArray();
        if (page.Current is { } current)
        {
            writer.WriteStartArray("current"u8);
            foreach (var one in current) Write(writer, names, one);
            writer.WriteEndArray();
        }
        writer.WriteNumber("head"u8, page.Head);
        writer.WriteString("generation"u8, page.Generation);
        writer.WriteNumber("count"u8, page.Entries.Count);
    }

    private static void Write(Utf8JsonWriter writer, JsonNames names, CurrentMessage current)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seq"u8, current.Sequence);
        writer.WriteNumber("version"u8, current.Version);
        writer.WriteString("body"u8, current.Body);
        writer.WriteString(AttachmentUrlKey.In(names), current.AttachmentUrl);
        EntryJson.WriteRawOrNull(writer, AttachmentMetaKey.In(names), current.AttachmentMeta);
        if (current.Attachments is { } attachments)
        {
            writer.WritePropertyName("attachments"u8);
            AttachmentFields.Write(writer, names, attachments);
        }
        if (current.Mentions is { } mentions)
        {
            writer.WritePropertyName("mentions"u8);
            MentionFields.Write(writer, mentions);
        }
        writer.WriteBoolean("deleted"u8, current.Deleted);
        ReactionFields.WriteCounts(writer, current.Counts);
        ReactionFields.WriteKeys(writer, "mine", current.Mine);
        writer.WriteBoolean("pinned"u8, current.Pinned);
        writer.WritePropertyName("replies"u8);
        if (current.Replies is { } replies)
        {
            writer.WriteStartObject();
            writer.WriteNumber("count"u8, replies.Count);
            writer.WriteNumber(LastSeqKey.In(names), replies.LastSequence);
            writer.WriteEndObject();
        }
        else writer.WriteNullValue();
        writer.WriteEndObject();
    }
}
