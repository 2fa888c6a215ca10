using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Entries;

namespace Chat.Contracts.Json;

/// <summary>The kind of an entry as a word.</summary>
internal sealed class EntryKindConverter : JsonConverter<EntryKind>
{
    private static readonly Dictionary<EntryKind, JsonEncodedText> Words = Enum.GetValues<EntryKind>()
        .ToDictionary(kind => kind, kind => JsonEncodedText.Encode(WordOf(kind)));

    /// <summary>In camelCase, as it is written.</summary>
    public static string WordOf(EntryKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>Never called: the kind of an entry follows from its type.</summary>
    public override EntryKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, EntryKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words[value]);
}
