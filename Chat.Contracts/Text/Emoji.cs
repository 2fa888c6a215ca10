using System.Text;

namespace Chat.Contracts.Text;

/// <summary>Tells a single emoji from other text: by the grammar of Unicode Technical Standard 51 (ED-17), with the
/// blocks that have emoji in place of the list of them, so that those of later versions are emoji too.</summary>
internal static class Emoji
{
    private const int Joiner = 0x200D, Style = 0xFE0F, Keycap = 0x20E3, EndOfTag = 0xE007F;

    /// <summary>First and last character of the blocks, ascending.</summary>
    private static readonly (int First, int Last)[] Blocks =
    [
        (0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139),
        (0x2190, 0x21FF), (0x2300, 0x23FF), (0x24C2, 0x24C2), (0x25A0, 0x27BF), (0x2900, 0x297F), (0x2B00, 0x2BFF),
        (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3297), (0x3299, 0x3299), (0x1F000, 0x1FAFF),
    ];

    /// <summary>Whether a text is one emoji, and nothing else.</summary>
    public static bool IsOne(string text)
    {
        var runes = text.EnumerateRunes().Select(rune => rune.Value).ToArray();
        if (runes.Length == 0) return false;
        if (runes[0] is >= '0' and <= '9' or '#' or '*')
            return runes is [_, Keycap] or [_, Style, Keycap];
        if (IsRegion(runes[0])) return runes.Length == 2 && IsRegion(runes[1]);
        var at = 0;
        if (!TakeElement(runes, ref at)) return false;
        if (!TakeTags(runes, ref at)) return false;
        while (at < runes.Length)
            if (runes[at++] != Joiner || !TakeElement(runes, ref at)) return false;
        return true;
    }

    private static bool TakeElement(int[] runes, ref int at)
    {
        if (at == runes.Length || !IsBase(runes[at])) return false;
        at++;
        if (at < runes.Length && (runes[at] == Style || IsSkinTone(runes[at]))) at++;
        return true;
    }

    /// <summary>A flag of a part of a country has its name in characters that nobody sees.</summary>
    private static bool TakeTags(int[] runes, ref int at)
    {
        if (at == runes.Length || runes[at] is not (>= 0xE0020 and < EndOfTag)) return true;
        while (at < runes.Length && runes[at] is >= 0xE0020 and < EndOfTag) at++;
        return at < runes.Length && runes[at++] == EndOfTag;
    }

    private static bool IsBase(int rune)
    {
        if (IsRegion(rune)) return false;
        foreach (var (first, last) in Blocks)
            if (rune <= last) return rune >= first;
        return false;
    }

    private static bool IsSkinTone(int rune) => rune is >= 0x1F3FB and <= 0x1F3FF;

    private static bool IsRegion(int rune) => rune is >= 0x1F1E6 and <= 0x1F1FF;
}
