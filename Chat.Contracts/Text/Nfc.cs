using System.Text;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Text;

/// <summary>Normalization Form C of Unicode (UAX #15): one spelling for what looks the same.</summary>
/// <remarks>An own one, because <see cref="string.Normalize()"/> does nothing where .NET runs without ICU, as the
/// server does: a name must be the same everywhere.</remarks>
internal static class Nfc
{
    /// <summary>Below it every text is in this form.</summary>
    private const char FirstThatCombines = '\u0300';

    // Four units compose to one character at most.
    private const int LongestName = 4 * ChatLimits.UserIdLength;

    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, HangulCount = Leads * Vowels * Tails;

    /// <summary>A name in this form; one that cannot be a name in any form is left as it is.</summary>
    public static string? OfName(string? text) =>
        text is null || text.Length > LongestName || !ChatText.IsWellFormed(text) ? text : Of(text);

    /// <param name="text">Without lone surrogates.</param>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstThatCombines, char.MaxValue)) return text;
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(rune.Value, codes);
        Order(codes);
        Compose(codes);
        var composed = new StringBuilder(text.Length);
        foreach (var code in codes) composed.Append(new Rune(code).ToString());
        return composed.ToString();
    }

    private static void Decompose(int code, List<int> into)
    {
        if (code - HangulFirst is >= 0 and < HangulCount and var syllable)
        {
            into.Add(LeadFirst + syllable / (Vowels * Tails));
            into.Add(VowelFirst + syllable % (Vowels * Tails) / Tails);
            if (syllable % Tails != 0) into.Add(TailFirst + syllable % Tails);
        }
        else if (NfcData.Instance.Value.DecompositionOf(code) is var (first, second))
        {
            Decompose(first, into);
            if (second != 0) Decompose(second, into);
        }
        else into.Add(code);
    }

    /// <summary>Marks in the order of their classes; those of one class stay in theirs.</summary>
    private static void Order(List<int> codes)
    {
        var data = NfcData.Instance.Value;
        for (var from = 0; from < codes.Count;)
        {
            if (data.ClassOf(codes[from]) == 0)
            {
                from++;
                continue;
            }
            var to = from;
            while (to < codes.Count && data.ClassOf(codes[to]) != 0) to++;
            var marks = codes[from..to].OrderBy(data.ClassOf).ToList(); // stable
            for (var i = 0; i < marks.Count; i++) codes[from + i] = marks[i];
            from = to;
        }
    }

    private static void Compose(List<int> codes)
    {
        var data = NfcData.Instance.Value;
        var (starter, kept, lastClass) = (-1, 0, -1);
        foreach (var code in codes.ToArray())
        {
            var ofCode = data.ClassOf(code);
            // A mark of the same or a higher class in between keeps it apart.
            if (starter >= 0 && lastClass < ofCode && TryCompose(codes[starter], code, out var composed))
            {
                codes[starter] = composed;
                continue;
            }
            if (ofCode == 0) (starter, lastClass) = (kept, -1);
            else lastClass = ofCode;
            codes[kept++] = code;
        }
        codes.RemoveRange(kept, codes.Count - kept);
    }

    private static bool TryCompose(int first, int second, out int composed)
    {
        if (first - LeadFirst is >= 0 and < Leads and var lead
            && second - VowelFirst is >= 0 and < Vowels and var vowel)
        {
            composed = HangulFirst + (lead * Vowels + vowel) * Tails;
            return true;
        }
        if (first - HangulFirst is >= 0 and < HangulCount and var syllable && syllable % Tails == 0
            && second - TailFirst is > 0 and < Tails and var tail)
        {
            composed = first + tail;
            return true;
        }
        return NfcData.Instance.Value.TryCompose(first, second, out composed);
    }
}
