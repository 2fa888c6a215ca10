using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports;

/// <summary>Whom a message mentions, in raw frames and bodies.</summary>
internal static class MentionFields
{
    private static readonly JsonEncodedText Users = JsonEncodedText.Encode("users"),
        Everyone = JsonEncodedText.Encode("everyone");

    /// <summary>Reads the object that the reader stands before.</summary>
    /// <exception cref="ChatException">It is none of mentions.</exception>
    public static MessageMentions? Read(ref Utf8JsonReader reader)
    {
        var field = ChatField.Mentions;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new ChatException(new RuleViolation(field, $"{field} must be an object with users and everyone"));
        var mentions = new MessageMentions();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(Users.EncodedUtf8Bytes))
                mentions = mentions with { Users = UserNames.Parse(JsonFields.ReadTexts(ref reader, field), field) };
            else if (reader.ValueTextEquals(Everyone.EncodedUtf8Bytes))
                mentions = mentions with { Everyone = JsonFields.ReadBoolean(ref reader, field) ?? false };
            else reader.Skip();
        }
        return mentions;
    }

    public static void Write(Utf8JsonWriter writer, MessageMentions mentions)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(Users);
        foreach (var user in mentions.Users) writer.WriteStringValue(user.Value);
        writer.WriteEndArray();
        writer.WriteBoolean(Everyone, mentions.Everyone);
        writer.WriteEndObject();
    }
}
