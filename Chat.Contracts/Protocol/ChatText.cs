namespace Chat.Contracts.Protocol;

/// <summary>What text may travel: valid Unicode, without NUL.</summary>
public static class ChatText
{
    /// <summary>True when the text has no lone surrogate, so that it has one UTF-8 form.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
