using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.Server.Transfer.Lines;

/// <summary>A user id letter by letter as it was stored, perhaps under older rules.</summary>
internal sealed class StoredUserId : JsonConverter<UserId>
{
    public override UserId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new InvalidValueException("a user id must be a string");
        try
        {
            return UserId.Stored(reader.GetString()!);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new InvalidValueException(e.Message);
        }
    }

    public override void Write(Utf8JsonWriter writer, UserId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
