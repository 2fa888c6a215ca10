using System.Text.RegularExpressions;

namespace Chat.Tests.Architecture;

/// <summary>Lines are at most 120 columns wide.</summary>
public sealed partial class WidthTests
{
    private const int Columns = 120;

    /// <summary>Help texts are tables of two columns: they are as wide as they are shown.</summary>
    private static readonly string[] HelpTexts = ["Chat.Server/Hosting/Commands/HelpText.cs",
        "Chat.Benchmarks/Program.cs", "samples/ConsoleChat/Arguments.cs"];

    [Fact]
    public void Code_is_not_wider() =>
        Assert.Empty(
            from path in OwnFiles.Paths(".cs")
            where !HelpTexts.Contains(path)
            from line in OwnFiles.ReadLines(path).Index()
            where line.Item.Length > Columns && !JsonText().IsMatch(line.Item)
            select $"{path}:{line.Index + 1}");

    [Fact]
    public void Documents_are_not_wider() => Assert.Empty(OwnFiles.Paths(".md").SelectMany(WideInDocument));

    [Fact]
    public void Scripts_and_styles_are_not_wider() =>
        Assert.Empty(
            from path in OwnFiles.Paths(".js", ".mjs", ".ts", ".css", ".sh")
            from line in OwnFiles.ReadLines(path).Index()
            where line.Item.Length > Columns
            select $"{path}:{line.Index + 1}");

    /// <summary>Rows of tables, links, and commands or frames, which are copied as they are, may be wider.</summary>
    private static IEnumerable<string> WideInDocument(string path)
    {
        string? fence = null;
        foreach (var (index, line) in OwnFiles.ReadLines(path).Index())
        {
            if (line.TrimStart() is ['`', '`', '`', .. var language]) fence = fence is null ? language.Trim() : null;
            else if (line.Length > Columns && fence is not ("sh" or "bash" or "powershell" or "json")
                && !line.TrimStart().StartsWith('|') && !Link().IsMatch(line)) yield return $"{path}:{index + 1}";
        }
    }

    // One frame or body, which is compared byte for byte.
    [GeneratedRegex("""^\s*[(+]?\s*\$*"{3,}[^"]?.*["{\[]""")]
    private static partial Regex JsonText();

    [GeneratedRegex(@"^\s*(\[[^\]]+\]: )?\S+$")]
    private static partial Regex Link();
}
