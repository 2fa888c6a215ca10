using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What every text must be.</summary>
public static class TextRules
{
    /// <summary>Checks that a text can be stored as it is, and its length. Null when it is as allowed.</summary>
    /// <param name="field">The field that holds it.</param>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">How many characters (Unicode code points) at most.</param>
    public static RuleViolation? Check(ChatField field, string text, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (ChatText.IsLonger(text, maxLength)) return new(field, $"{field} {TooLong(maxLength)}");
        if (text.Contains('\0', StringComparison.Ordinal))
            return new(field, $"{field} must not contain NUL characters");
        return ChatText.IsWellFormed(text)
            ? null
            : new(field, $"{field} must be valid Unicode text, without lone surrogates");
    }

    /// <summary>An empty text is none.</summary>
    internal static string? EmptyToNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>To be read after the field's name. It says what is counted: to users, characters are other
    /// things.</summary>
    internal static string TooLong(int maxLength) => $"must have at most {maxLength} characters (Unicode code points)";
}
