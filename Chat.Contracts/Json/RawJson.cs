using System.Text.Json.Serialization;

namespace Chat.Contracts.Json;

/// <summary>A JSON value kept as the text it came in, so that it goes out exactly as it was sent.</summary>
/// <param name="Text">One valid JSON value in UTF-16.</param>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(string Text)
{
    /// <inheritdoc />
    public override string ToString() => Text;
}
