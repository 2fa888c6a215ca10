using System.Text.Json;
using Chat.Contracts.Rules;
using Chat.Server.Transports;

namespace Chat.Server.Keys.Api;

/// <summary>The body that makes a token, as it was written.</summary>
internal struct RestToken
{
    private static readonly JsonFields.FieldReader<RestToken> ReadField = TryReadField;

    public string? UserId, Name, Session;
    public List<string>? Roles;
    public long? Ttl;

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RestToken Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestToken token, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("user_id"u8) || reader.ValueTextEquals("userId"u8))
            token.UserId = JsonFields.ReadText(ref reader, ChatField.UserId);
        else if (reader.ValueTextEquals("name"u8)) token.Name = JsonFields.ReadText(ref reader, new ChatField("name"));
        else if (reader.ValueTextEquals("roles"u8))
            token.Roles = JsonFields.ReadTexts(ref reader, new ChatField("roles"));
        else if (reader.ValueTextEquals("session"u8))
            token.Session = JsonFields.ReadText(ref reader, new ChatField("session"));
        else if (reader.ValueTextEquals("ttl"u8)) token.Ttl = JsonFields.ReadNumber(ref reader, Lives.WrongTtl);
        else return false;
        return true;
    }
}
