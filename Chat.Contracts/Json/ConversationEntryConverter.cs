using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Entries;

namespace Chat.Contracts.Json;

/// <summary>Reads an entry by its <c>kind</c>, and an entry of an unknown kind as an <see cref="UnknownEntry"/>. A
/// JsonPolymorphic base would refuse that entry, and with it the whole page.</summary>
internal sealed class ConversationEntryConverter : JsonConverter<ConversationEntry>
{
    private static readonly (string Word, Type Type)[] Types =
    [
        (Word(EntryKind.Message), typeof(MessageEntry)),
        (Word(EntryKind.ConversationCreated), typeof(ConversationCreatedEntry)),
        (Word(EntryKind.ParticipantsAdded), typeof(ParticipantsAddedEntry)),
        (Word(EntryKind.ParticipantRemoved), typeof(ParticipantRemovedEntry)),
        (Word(EntryKind.RoleChanged), typeof(RoleChangedEntry)),
        (Word(EntryKind.ConversationChanged), typeof(ConversationChangedEntry)),
        (Word(EntryKind.MessageEdited), typeof(MessageEditedEntry)),
        (Word(EntryKind.MessageDeleted), typeof(MessageDeletedEntry)),
        (Word(EntryKind.ReactionsChanged), typeof(ReactionsChangedEntry)),
        (Word(EntryKind.ContentErased), typeof(ContentErasedEntry)),
        (Word(EntryKind.Pinned), typeof(PinnedEntry)),
        (Word(EntryKind.Unpinned), typeof(UnpinnedEntry)),
    ];

    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(ConversationEntry);

    public override ConversationEntry? Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (ConversationEntry?)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(FindType(reader)));

    public override void Write(Utf8JsonWriter writer, ConversationEntry value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));

    /// <param name="reader">A copy: what is read here is read again.</param>
    private static Type FindType(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read()
            || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("kind"u8) || !reader.Read()
            || reader.TokenType != JsonTokenType.String)
            throw new JsonException("an entry must be an object whose first property is its kind");
        foreach (var (word, type) in Types)
            if (reader.ValueTextEquals(word)) return type;
        return typeof(UnknownEntry);
    }

    private static string Word(EntryKind kind) => EntryKindConverter.WordOf(kind);
}
