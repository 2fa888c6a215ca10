using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What a user id must be.</summary>
public static class UserIdRules
{
    /// <summary>Null when the text is a user id; else what is wrong, to be read after the field's name: <c>must not be
    /// empty</c>.</summary>
    public static string? FindProblem(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "must not be empty";
        if (ChatText.IsLonger(text, ChatLimits.UserIdLength))
            return TextRules.TooLong(ChatLimits.UserIdLength);
        foreach (var c in text)
            if (char.IsControl(c)) return "must not contain control characters";
        return ChatText.IsWellFormed(text) ? null : "must be valid Unicode text";
    }
}
