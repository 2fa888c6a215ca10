using System.Text;
using Chat.Server.Web;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Web;

/// <summary>Scripts and style sheets without their comments.</summary>
public sealed class CommentsTests
{
    [Theory]
    [InlineData("// a\nlet b; // c\n  // d\n/** e */\nf();", "let b; // c\nf();")]
    [InlineData("/**\n * a\n * @param {b} c\n */\nd();\n/* e\n*/", "d();")]
    [InlineData("/*! licence */\na();\n//# map", "/*! licence */\na();\n//# map")]
    [InlineData("/* a */ b {}\n\nc {}", "/* a */ b {}\n\nc {}")]
    [InlineData("const a = 'https://b'; /* c */\nd = `\n  e`;", "const a = 'https://b'; /* c */\nd = `\n  e`;")]
    [InlineData("", "")]
    public void Lines_that_are_comment_only_go(string text, string rest) => Assert.Equal(rest, Rest(text));

    [Fact]
    public void Of_the_files_that_are_served_no_code_goes()
    {
        foreach (var path in OwnFiles().Where(path => !path.Contains("vendor", StringComparison.Ordinal)))
        {
            var lines = File.ReadAllLines(path);
            var rest = Rest(File.ReadAllText(path)).Split('\n').ToHashSet(StringComparer.Ordinal);
            foreach (var line in lines.Where(line => !rest.Contains(line)))
                Assert.Matches(@"^\s*(//|/\*|\*)", line);
        }
    }

    [Fact]
    public void Text_of_other_sources_is_unchanged()
    {
        foreach (var path in OwnFiles().Where(path => path.Contains("vendor", StringComparison.Ordinal)))
            Assert.Equal(File.ReadAllText(path), Rest(File.ReadAllText(path)));
    }

    private static string Rest(string text) =>
        Encoding.UTF8.GetString(Comments.TakeOut(Encoding.UTF8.GetBytes(text)));

    private static string[] OwnFiles() =>
    [
        .. new[] { "*.js", "*.css" }.SelectMany(pattern => Directory.GetFiles(
            Path.Combine(Repository.Root, "Chat.Server", "wwwroot"), pattern, SearchOption.AllDirectories)),
    ];
}
