using System.Globalization;

namespace Chat.Benchmarks.Load;

/// <summary>What the file <c>stat</c> of a process in <c>/proc</c> says.</summary>
/// <param name="Parent">The process that started it.</param>
/// <param name="Seconds">Of processor.</param>
/// <param name="SecondsOfEnded">Likewise, of its children that have ended.</param>
internal readonly record struct ProcessStat(int Parent, double Seconds, double SecondsOfEnded)
{
    // USER_HZ, which Linux promises to user space on every architecture .NET runs on
    private const double TicksPerSecond = 100;

    public static ProcessStat Parse(string text)
    {
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // the name before it may hold blanks
        double SecondsAt(int first) => (Number(fields[first]) + Number(fields[first + 1])) / TicksPerSecond;
        return new ProcessStat((int)Number(fields[1]), SecondsAt(11), SecondsAt(13));
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
