using System.Text.RegularExpressions;
using Chat.Tests.Fixtures;
using Xunit;

namespace Chat.Tests.Unit.Documentation;

public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("csharp", "samples/QuickStart/Program.cs")]
    [InlineData("js", "samples/signalr-js/index.mjs")]
    public void The_readme_shows_the_samples_as_they_are(string language, string sample)
    {
        var block = Assert.Single(Blocks().Matches(Text("README.md")),
            match => match.Groups["language"].Value == language);
        Assert.Equal(Text(sample).TrimEnd(), block.Groups["code"].Value.TrimEnd());
    }

    [Fact]
    public void From_an_empty_console_program_it_is_ten_lines_to_the_first_message()
    {
        var blocks = Blocks().Matches(Text("README.md")).Select(match => match.Groups["code"].Value).ToList();
        var program = blocks.FindIndex(block => block.Contains("using Chat.ClientSdk;", StringComparison.Ordinal));
        Assert.StartsWith("dotnet new console", blocks[program - 1], StringComparison.Ordinal);
        Assert.InRange(
            (blocks[program - 1] + blocks[program]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 10);
    }

    [Fact]
    // the last line is empty
    public void The_readme_is_short() => Assert.InRange(Text("README.md").Split('\n').Length, 1, 120);

    [Fact]
    public void Every_link_between_the_documents_leads_to_a_file()
    {
        string[] documents = ["README.md", "CHANGELOG.md", "samples/README.md", "db/README.md", .. Directory
            .GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))];
        foreach (var document in documents)
            foreach (Match link in Links().Matches(Text(document)))
                Assert.True(Exists(document, link.Groups["to"].Value),
                    $"{document} links to {link.Groups["to"].Value}, which is not there");
    }

    private static bool Exists(string document, string link) =>
        Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link));

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"```(?<language>\w+)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\]\((?!https?:|#)(?<to>[^)#\s]+)")]
    private static partial Regex Links();
}
