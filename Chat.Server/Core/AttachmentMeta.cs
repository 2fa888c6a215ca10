using System.Text;
using System.Text.Json;
using Chat.Contracts.Protocol;

namespace Chat.Server.Core;

/// <summary>Reads a JSON text whole, so that what is stored can be read back by everyone.</summary>
internal static class AttachmentMeta
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text, when the value is a string; null for any other value.</returns>
    /// <exception cref="JsonException">It is not one JSON value, or nests too deep.</exception>
    /// <exception cref="InvalidOperationException">A string in it has a lone surrogate.</exception>
    public static string? Check(string json)
    {
        var reader = new Utf8JsonReader(Strict.GetBytes(json), new JsonReaderOptions { MaxDepth = ChatLimits.JsonDepth });
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
