using System.Text.Json;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports;

/// <summary>The key of a message's field in both spellings, encoded once.</summary>
internal sealed class JsonKey(ChatField field)
{
    private readonly JsonEncodedText _camel = JsonEncodedText.Encode(field.Name);
    private readonly JsonEncodedText _snake =
        JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name));

    public JsonEncodedText In(JsonNames spelling) => ReferenceEquals(spelling, JsonNames.Camel) ? _camel : _snake;

    /// <summary>Whether the reader stands on this key, in either spelling.</summary>
    public bool Is(in Utf8JsonReader reader) =>
        reader.ValueTextEquals(_snake.EncodedUtf8Bytes) || reader.ValueTextEquals(_camel.EncodedUtf8Bytes);
}
