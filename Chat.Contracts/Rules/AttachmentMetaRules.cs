using System.Text;
using System.Text.Json;
using Chat.Contracts.Json;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What the metadata of an attachment must be. It is parsed completely, so that every client can read what is
/// stored.</summary>
internal static class AttachmentMetaRules
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    /// <param name="field">The field that holds it.</param>
    /// <param name="meta">The metadata.</param>
    public static RuleViolation? Check(ChatField field, RawJson meta)
    {
        if (meta.Text is not null && Encoding.UTF8.GetByteCount(meta.Text) > ChatLimits.AttachmentMetaBytes)
            return new(field, $"{field} must have at most {ChatLimits.AttachmentMetaBytes} bytes in UTF-8");
        try
        {
            var inner = Read(meta.Text ?? "");
            if (inner is not null) Read(inner); // a string must hold JSON itself
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return new(field,
                $"{field} must be JSON, or a string that holds JSON, nested at most {ChatLimits.JsonDepth} levels");
        }
    }

    /// <returns>The text, when the value is a string; null for any other value.</returns>
    /// <exception cref="JsonException">It is not one JSON value, or nests too deep.</exception>
    /// <exception cref="InvalidOperationException">A string in it has a lone surrogate.</exception>
    private static string? Read(string json)
    {
        var reader = new Utf8JsonReader(Strict.GetBytes(json),
            new JsonReaderOptions { MaxDepth = ChatLimits.JsonDepth });
        string? text = null;
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                var value = reader.GetString();
                if (reader.CurrentDepth == 0) text = value;
            }
        return text;
    }
}
