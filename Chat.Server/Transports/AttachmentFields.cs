using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports;

/// <summary>The attachments of a message in raw frames and bodies, in either spelling.</summary>
internal static class AttachmentFields
{
    private static readonly JsonKey IdKey = new("id");
    private static readonly JsonKey UrlKey = new("url");
    private static readonly JsonKey NameKey = new("name");
    private static readonly JsonKey MediaTypeKey = new("mediaType");
    private static readonly JsonKey SizeKey = new("size");
    private static readonly JsonKey WidthKey = new("width");
    private static readonly JsonKey HeightKey = new("height");
    private static readonly JsonKey MetaKey = new("meta");

    /// <summary>Reads the array that the reader stands before.</summary>
    /// <exception cref="ChatException">It is none of attachments.</exception>
    public static List<MessageAttachment>? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartArray) throw Wrong();
        var read = new List<MessageAttachment>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            read.Add(reader.TokenType == JsonTokenType.StartObject ? ReadOne(ref reader, json) : throw Wrong());
        return read;
    }

    public static void Write(Utf8JsonWriter writer, JsonNames names, IReadOnlyList<MessageAttachment> attachments)
    {
        writer.WriteStartArray();
        foreach (var one in attachments)
        {
            writer.WriteStartObject();
            if (one.Id is not null) writer.WriteString(IdKey.In(names), one.Id);
            writer.WriteString(UrlKey.In(names), one.Url);
            writer.WriteString(NameKey.In(names), one.Name);
            writer.WriteString(MediaTypeKey.In(names), one.MediaType);
            EntryJson.WriteNumberOrNull(writer, SizeKey.In(names), one.Size);
            if (one.Width is { } width) writer.WriteNumber(WidthKey.In(names), width);
            if (one.Height is { } height) writer.WriteNumber(HeightKey.In(names), height);
            EntryJson.WriteRawOrNull(writer, MetaKey.In(names), one.Meta);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static MessageAttachment ReadOne(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var field = ChatField.Attachments;
        var one = new MessageAttachment { Url = "" };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IdKey.Is(reader)) one = one with { Id = JsonFields.ReadText(ref reader, field) };
            else if (UrlKey.Is(reader)) one = one with { Url = JsonFields.ReadText(ref reader, field) ?? "" };
            else if (NameKey.Is(reader)) one = one with { Name = JsonFields.ReadText(ref reader, field) };
            else if (MediaTypeKey.Is(reader)) one = one with { MediaType = JsonFields.ReadText(ref reader, field) };
            else if (SizeKey.Is(reader)) one = one with { Size = JsonFields.ReadNumber(ref reader, WrongNumber) };
            else if (WidthKey.Is(reader)) one = one with { Width = ReadPixels(ref reader) };
            else if (HeightKey.Is(reader)) one = one with { Height = ReadPixels(ref reader) };
            else if (MetaKey.Is(reader)) one = one with { Meta = JsonFields.ReadRaw(ref reader, field, json) };
            else reader.Skip();
        }
        return one;
    }

    /// <summary>One beyond what is a number of pixels is refused as one that is none.</summary>
    private static int? ReadPixels(ref Utf8JsonReader reader) =>
        JsonFields.ReadNumber(ref reader, WrongNumber) is not { } number ? null
            : number <= int.MaxValue ? (int)Math.Max(number, -1)
            : throw new ChatException(WrongNumber());

    private static RuleViolation WrongNumber() => new(ChatField.Attachments,
        $"size, width and height of {ChatField.Attachments} must be whole numbers");

    private static ChatException Wrong() =>
        new(new RuleViolation(ChatField.Attachments, $"{ChatField.Attachments} must be an array of objects"));
}
