using System.Text;
using System.Text.Json;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports;

/// <summary>Reads the objects that clients send, field by field, and refuses in words that name the field. Unknown keys
/// are passed over; of a repeated key the last counts.</summary>
internal static class JsonFields
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = ChatLimits.JsonDepth + 1 };

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    /// <summary>Reads the value of the property the reader stands on; false, with the reader unmoved, when the key is
    /// not known.</summary>
    public delegate bool FieldReader<T>(ref Utf8JsonReader reader, ref T target, ReadOnlySpan<byte> json);

    /// <param name="json">What the client sent.</param>
    /// <param name="what">For the refusal: <c>a frame</c>, <c>the body</c>.</param>
    /// <param name="readField">Reads one field.</param>
    /// <exception cref="ChatException">It is not one object, or a field is not of its documented type.</exception>
    public static T ReadObject<T>(ReadOnlySpan<byte> json, string what, FieldReader<T> readField)
        where T : struct
    {
        try
        {
            var reader = new Utf8JsonReader(json, ReaderOptions);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw ChatException.BadRequest($"{what} must be a JSON object");
            var target = default(T);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                if (!readField(ref reader, ref target, json)) reader.Skip();
            if (reader.Read()) throw ChatException.BadRequest($"{what} must be one JSON object");
            return target;
        }
        catch (JsonException e)
        {
            throw ChatException.BadRequest(
                $"{what} must be a JSON object, nested at most {ChatLimits.JsonDepth} levels; it is none at line "
                    + $"{e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException) // the reader's way to report a key with a lone surrogate or broken UTF-8
        {
            throw ChatException.BadRequest($"the keys of {what} must be valid Unicode text, without lone surrogates");
        }
    }

    public static string? ReadText(ref Utf8JsonReader reader, ChatField field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        return reader.TokenType == JsonTokenType.String
            ? TextOf(ref reader, field)
            : throw Wrong(field, "must be a string");
    }

    public static List<string>? ReadTexts(ref Utf8JsonReader reader, ChatField field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartArray) throw Wrong(field, "must be an array of strings");
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String) throw Wrong(field, "must be an array of strings");
            texts.Add(TextOf(ref reader, field));
        }
        return texts;
    }

    /// <summary>A whole number that fits 64 bits; otherwise <paramref name="wrong"/> says what it must be.</summary>
    public static long? ReadNumber(ref Utf8JsonReader reader, Func<RuleViolation> wrong)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)
            ? value
            : throw new ChatException(wrong());
    }

    public static bool? ReadBoolean(ref Utf8JsonReader reader, ChatField field)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Wrong(field, "must be true or false"),
        };
    }

    /// <summary>Any value, as the text it was written in.</summary>
    public static RawJson? ReadRaw(ref Utf8JsonReader reader, ChatField field, ReadOnlySpan<byte> json)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        try
        {
            return new RawJson(StrictUtf8.GetString(json[start..(int)reader.BytesConsumed]));
        }
        catch (DecoderFallbackException)
        {
            throw Wrong(field, "must be valid UTF-8");
        }
    }

    private static ChatException Wrong(ChatField field, string words) =>
        new(new RuleViolation(field, $"{field} {words}"));

    private static string TextOf(ref Utf8JsonReader reader, ChatField field)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException) // the reader's way to report a lone surrogate or broken UTF-8
        {
            throw Wrong(field, "must be valid Unicode text, without lone surrogates");
        }
    }
}
