using System.Globalization;

namespace Chat.Server.Hosting.Commands;

/// <summary>How long something is to hold, as people write it: <c>90d</c>, <c>8h</c>, <c>30m</c>, <c>10s</c>.</summary>
internal static class Duration
{
    public const string Form = "a whole number with d, h, m or s: 90d, 8h";

    private const long MostSeconds = 100L * 366 * 24 * 3600;

    public static TimeSpan? Parse(string text)
    {
        var seconds = text.LastOrDefault() switch { 'd' => 86_400, 'h' => 3_600, 'm' => 60, 's' => 1, _ => 0 };
        return seconds > 0
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 && (long)number * seconds <= MostSeconds
                ? TimeSpan.FromSeconds((long)number * seconds)
                : null;
    }
}
