namespace Chat.Contracts.Protocol;

/// <summary>What text may be sent: valid Unicode, without NUL.</summary>
public static class ChatText
{
    /// <summary>True when the text has no lone surrogate, so that it has one UTF-8 form.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAnyInRange('\uD800', '\uDFFF'); // most texts have none
        for (var i = first; (uint)i < (uint)text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    /// <summary>Whether a text has more than this number of characters (Unicode code points, as databases count
    /// them).</summary>
    public static bool IsLonger(string text, int characters)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= characters) return false;
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
            if (char.IsSurrogatePair(text[i - 1], text[i])) pairs++;
        return text.Length - pairs > characters;
    }

    /// <summary>The text without white space at its ends: what Unicode calls white space, and the byte order mark.
    /// All clients and the server trim alike.</summary>
    public static string Trim(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (start, end) = (0, text.Length);
        while (start < end && IsSpace(text[start])) start++;
        while (end > start && IsSpace(text[end - 1])) end--;
        return text[start..end];
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c == '\uFEFF';
}
