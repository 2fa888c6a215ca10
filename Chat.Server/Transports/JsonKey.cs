using System.Text.Json;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports;

/// <summary>A key in both spellings, encoded once.</summary>
/// <param name="name">In camelCase.</param>
internal sealed class JsonKey(string name)
{
    private readonly JsonEncodedText _camel = JsonEncodedText.Encode(name);
    private readonly JsonEncodedText _snake = JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(name));

    public JsonKey(ChatField field) : this(field.Name) { }

    public JsonEncodedText In(JsonNames spelling) => ReferenceEquals(spelling, JsonNames.Camel) ? _camel : _snake;

    /// <summary>Whether the reader stands on this key, in either spelling.</summary>
    public bool Is(in Utf8JsonReader reader) =>
        reader.ValueTextEquals(_snake.EncodedUtf8Bytes) || reader.ValueTextEquals(_camel.EncodedUtf8Bytes);
}
