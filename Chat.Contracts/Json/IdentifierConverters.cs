using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Json;

/// <summary>A conversation id as the text of its UUID.</summary>
public sealed class ConversationIdConverter : JsonConverter<ConversationId>
{
    /// <inheritdoc />
    public override ConversationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value)
            ? new ConversationId(value)
            : throw new InvalidValueException("a conversation id must be a UUID in its usual text form");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ConversationId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>A message id as the text of its UUID.</summary>
public sealed class MessageIdConverter : JsonConverter<MessageId>
{
    /// <inheritdoc />
    public override MessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value)
            ? new MessageId(value)
            : throw new InvalidValueException("a message id must be a UUID in its usual text form");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, MessageId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>A user id as its text.</summary>
public sealed class UserIdConverter : JsonConverter<UserId>
{
    /// <inheritdoc />
    public override UserId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new InvalidValueException("a user id must be a string");
        string? text;
        try
        {
            text = reader.GetString();
        }
        catch (InvalidOperationException) // the reader's way to report a lone surrogate
        {
            throw new InvalidValueException("a user id must be valid Unicode text");
        }
        return UserId.TryCreate(text, out var id, out var problem)
            ? id
            : throw new InvalidValueException($"a user id {problem}");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, UserId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
