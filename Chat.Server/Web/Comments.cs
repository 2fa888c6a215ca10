using System.Text;

namespace Chat.Server.Web;

/// <summary>Takes comments out of a script or a style sheet: a fifth of what a first visit would load.</summary>
internal static class Comments
{
    /// <summary>The text without the lines that are comment only. A comment beside code stays, and so do licences
    /// (<c>/*!</c>) and what tools read (<c>//#</c>). No text of ours has a line within quotes that begins as a
    /// comment does.</summary>
    public static byte[] TakeOut(byte[] text)
    {
        var kept = new StringBuilder(text.Length);
        var isInside = false;
        foreach (var line in Encoding.UTF8.GetString(text).Split('\n'))
        {
            var trimmed = line.AsSpan().Trim();
            if (isInside)
            {
                isInside = !trimmed.EndsWith("*/", StringComparison.Ordinal);
                continue;
            }
            if (IsLine(trimmed)) continue;
            if (IsBlock(trimmed, out isInside)) continue;
            kept.Append(line).Append('\n');
        }
        if (kept.Length > 0) kept.Length--;
        return Encoding.UTF8.GetBytes(kept.ToString());
    }

    private static bool IsLine(ReadOnlySpan<char> line) =>
        line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("//#", StringComparison.Ordinal);

    private static bool IsBlock(ReadOnlySpan<char> line, out bool goesOn)
    {
        goesOn = false;
        if (!line.StartsWith("/*", StringComparison.Ordinal) || line.StartsWith("/*!", StringComparison.Ordinal))
            return false;
        var end = line.IndexOf("*/", StringComparison.Ordinal);
        goesOn = end < 0;
        return goesOn || end == line.Length - 2;
    }
}
