using System.Globalization;
using System.Text;

namespace Chat.Contracts.Text;

/// <summary>Finds what is not seen in a name, or turns the direction in which others are read: it makes two names look
/// like one.</summary>
/// <remarks>By Unicode's general categories, and what its property Default_Ignorable_Code_Point has beside them.
/// Joiners and variation selectors stay where they do what they are for: inside of emoji, and between letters of
/// scripts that are joined.</remarks>
internal static class Invisible
{
    private const int NonJoiner = 0x200C, Joiner = 0x200D, EmojiStyle = 0xFE0F, Keycap = 0x20E3;
    private const int FirstJoined = 0x0600, LastJoined = 0x1FFF;

    /// <returns>Whether there is any.</returns>
    public static bool IsIn(string text)
    {
        var before = default(Rune);
        var runes = text.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var after = i + 1 < runes.Length ? runes[i + 1] : default;
            if (IsInvisible(runes[i]) && !HasReason(runes[i].Value, before, after)) return true;
            // The style of an emoji does not come between it and what it is joined to.
            if (runes[i].Value != EmojiStyle) before = runes[i];
        }
        return false;
    }

    private static bool HasReason(int code, Rune before, Rune after) => code switch
    {
        EmojiStyle => IsSymbol(before) || after.Value == Keycap,
        Joiner => IsSymbol(before) && IsSymbol(after) || IsJoined(before) && IsJoined(after),
        NonJoiner => IsJoined(before) && IsJoined(after),
        _ => false,
    };

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2065 or 0x2800 or 0x3164 or 0xFFA0
            or >= 0x180B and <= 0x180F or >= 0xFE00 and <= 0xFE0F or >= 0xFFF0 and <= 0xFFF8
            or >= 0xE0000 and <= 0xE0FFF;

    private static bool IsSymbol(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol
            or UnicodeCategory.MathSymbol
        || rune.Value is 0x203C or 0x2049 or 0x3030 or 0x303D;

    private static bool IsJoined(Rune rune) =>
        rune.Value is >= FirstJoined and <= LastJoined
        && (Rune.IsLetter(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
