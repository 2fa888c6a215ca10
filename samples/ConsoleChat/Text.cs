using System.Globalization;
using System.Text;
using Chat.ClientSdk.Sending;

namespace ConsoleChat;

/// <summary>Text of others on a terminal: how wide it is, and nothing in it that the terminal would obey.</summary>
internal static class Text
{
    /// <summary>The lines of a text without control characters, which could move the cursor, change colours, or turn
    /// the direction of writing.</summary>
    public static string[] Lines(string? text) =>
        [.. (text ?? "").ReplaceLineEndings("\n").Split('\n')
            .Select(line => string.Concat(line.Select(c => IsObeyed(c) ? '\uFFFD' : c)))];

    /// <summary>A message, or what is to happen to one.</summary>
    public static string? Of(string? body, MessageChange? change) => change switch
    {
        MessageEdit edit => $"edit {NumberOf(edit)}: {edit.Command.Body}",
        MessageDeletion deletion => $"delete {NumberOf(deletion)}",
        MessageReactions reactions => $"react to {NumberOf(reactions)}: {string.Join(' ', reactions.Keys)}",
        _ => body,
    };

    private static string NumberOf(MessageChange change) => $"{change.TargetSequence}";

    public static string OneLine(string? text) => string.Join(" ⏎ ", Lines(text));

    /// <summary>As much of the beginning as fits.</summary>
    public static string Crop(string text, int columns)
    {
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            columns -= Columns(rune);
            if (columns < 0) return text[..end];
            end += rune.Utf16SequenceLength;
        }
        return text;
    }

    public static int Columns(ReadOnlySpan<char> text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes()) columns += Columns(rune);
        return columns;
    }

    // Good enough for a sample: marks take no room; East Asian characters and emoji take two columns.
    private static int Columns(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ =>
            rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
                or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300
                and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1,
    };

    private static bool IsObeyed(char c) =>
        char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
