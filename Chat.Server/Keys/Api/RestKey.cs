using System.Text.Json;
using Chat.Contracts.Rules;
using Chat.Server.Transports;

namespace Chat.Server.Keys.Api;

/// <summary>The body that makes a key, as it was written.</summary>
internal struct RestKey
{
    private static readonly JsonFields.FieldReader<RestKey> ReadField = TryReadField;

    public string? Name, Tenant;
    public List<string>? Scopes;
    public long? ExpiresIn;

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RestKey Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestKey key, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("name"u8)) key.Name = JsonFields.ReadText(ref reader, new ChatField("name"));
        else if (reader.ValueTextEquals("tenant"u8))
            key.Tenant = JsonFields.ReadText(ref reader, new ChatField("tenant"));
        else if (reader.ValueTextEquals("scopes"u8))
            key.Scopes = JsonFields.ReadTexts(ref reader, new ChatField("scopes"));
        else if (reader.ValueTextEquals("expires_in"u8) || reader.ValueTextEquals("expiresIn"u8))
            key.ExpiresIn = JsonFields.ReadNumber(ref reader, Lives.WrongExpiry);
        else return false;
        return true;
    }
}
