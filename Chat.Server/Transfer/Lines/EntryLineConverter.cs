using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Server.Transfer.Lines;

/// <summary>The entry as the contracts write it, but with ids as they were stored.</summary>
internal sealed class EntryLineConverter : JsonConverter<EntryLine>
{
    private static readonly JsonTypeInfo<ConversationEntry> Hub =
        (JsonTypeInfo<ConversationEntry>)new JsonSerializerOptions(ChatJsonContext.Default.Options)
        {
            Converters = { new StoredUserId() }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            MaxDepth = LineTypes.Depth,
        }.GetTypeInfo(typeof(ConversationEntry));

    private static readonly HashSet<string> Kinds = [.. Enum.GetValues<EntryKind>()
        .Where(kind => kind != EntryKind.Unknown)
        .Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()))];

    public override EntryLine Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ConversationEntry? entry = null;
        string? key = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (isType, isEntry, isKey) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("entry"u8),
                reader.ValueTextEquals("dedupeKey"u8));
            if (!isType && !isEntry && !isKey)
                throw new InvalidValueException($"the property '{reader.GetString()}' is not known");
            reader.Read();
            if (isEntry) entry = ReadEntry(ref reader);
            else if (isKey) key = reader.GetString();
        }
        return new EntryLine
        {
            Entry = entry ?? throw new InvalidValueException("'entry' is missing"), DedupeKey = key,
        };
    }

    public override void Write(Utf8JsonWriter writer, EntryLine value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, value.Type);
        writer.WritePropertyName("entry"u8);
        JsonSerializer.Serialize(writer, value.Entry, Hub);
        if (value.DedupeKey is not null) writer.WriteString("dedupeKey"u8, value.DedupeKey);
        writer.WriteEndObject();
    }

    private static ConversationEntry ReadEntry(ref Utf8JsonReader reader)
    {
        var kind = reader;
        kind.Read();
        kind.Read();
        var word = kind.TokenType == JsonTokenType.String ? kind.GetString() : null;
        if (word is not null && !Kinds.Contains(word))
            throw new InvalidValueException($"entries of the kind '{word}' are not known to this version");
        return JsonSerializer.Deserialize(ref reader, Hub) ?? throw new InvalidValueException("'entry' is null");
    }
}
