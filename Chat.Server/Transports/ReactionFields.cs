using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports;

/// <summary>Reactions as frames, bodies and answers write them, in either spelling.</summary>
/// <remarks>Of what was read nothing is checked yet but its JSON types.</remarks>
internal struct ReactionFields
{
    private static readonly JsonEncodedText Seq = JsonEncodedText.Encode("seq");

    public List<string>? Keys;
    public string? Key;

    /// <summary>Reads the field the reader stands on; false when it is none of these.</summary>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("keys"u8)) Keys = JsonFields.ReadTexts(ref reader, ChatField.Keys);
        else if (reader.ValueTextEquals("key"u8)) Key = JsonFields.ReadText(ref reader, ChatField.Key);
        else return false;
        return true;
    }

    public static void WriteCounts(Utf8JsonWriter writer, IReadOnlyList<ReactionCount> counts)
    {
        writer.WriteStartArray("counts"u8);
        foreach (var (key, count) in counts)
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, key);
            writer.WriteNumber("count"u8, count);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void WriteKeys(Utf8JsonWriter writer, string name, IReadOnlyList<string> keys)
    {
        writer.WriteStartArray(name);
        foreach (var key in keys) writer.WriteStringValue(key);
        writer.WriteEndArray();
    }

    /// <param name="writer">To where.</param>
    /// <param name="names">The spelling.</param>
    /// <param name="name">What they are.</param>
    /// <param name="users">Users and their reactions; null: they are not named.</param>
    public static void WriteUsers(
        Utf8JsonWriter writer, JsonNames names, string name, IReadOnlyList<ReactionChange>? users)
    {
        if (users is null)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartArray(name);
        foreach (var one in users)
        {
            writer.WriteStartObject();
            writer.WriteString(names.UserId, one.UserId.Value);
            WriteKeys(writer, "keys", one.Keys);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>What a receipt has beside the message.</summary>
    public static void Write(Utf8JsonWriter writer, JsonNames names, ReactionReceipt receipt)
    {
        WriteKeys(writer, "keys", receipt.Keys);
        EntryJson.WriteNumberOrNull(writer, Seq, receipt.Sequence);
        EntryJson.WriteTime(writer, names.CreatedAt, receipt.CreatedAt);
        writer.WriteBoolean("duplicate"u8, receipt.Duplicate);
    }

    public static void Write(Utf8JsonWriter writer, JsonNames names, ReactionsPage page)
    {
        WriteCounts(writer, page.Counts);
        WriteUsers(writer, names, "users", page.Users);
        writer.WriteString("next"u8, page.Next?.Value);
    }
}
