using System.Globalization;

namespace Chat.Server.Limits;

/// <summary>How many files this process may have open; each connection is one.</summary>
internal static class OpenFiles
{
    private const string Source = "/proc/self/limits", Line = "Max open files";

    /// <summary>Null where there is no such limit, or nobody says.</summary>
    public static long? Find()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Parse(File.ReadLines(Source)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // a system without it
        }
    }

    /// <summary>The limit that holds, of a table with columns for the name, the soft and the hard limit. (The runtime
    /// raises the soft one to the hard one.)</summary>
    internal static long? Parse(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
        var soft = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files) ? files : null;
    }
}
