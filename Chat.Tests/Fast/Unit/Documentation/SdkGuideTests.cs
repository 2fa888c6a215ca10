using System.Text.RegularExpressions;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Documentation;

public sealed partial class SdkGuideTests
{
    [Theory]
    [InlineData("docs/sdk.md")]
    [InlineData("Chat.ClientSdk/README.md")]
    [InlineData("docs/add-chat-to-your-product.md")]
    [InlineData("docs/embedding.md")]
    [InlineData("samples/EmbeddedChat/README.md")]
    [InlineData("docs/tasks.md")]
    public void The_code_shown_is_code_that_compiles(string document)
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(Repository.Root, "samples", "SdkSnippets"), "*.cs"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "samples", "EmbeddedChat"), "*.cs"),
            Path.Combine(Repository.Root, "samples", "QuickStart", "Program.cs")];
        var compiled = files.Select(file => Lines(File.ReadAllText(file))).ToList();
        var blocks = Blocks().Matches(File.ReadAllText(Path.Combine(Repository.Root, document)));
        Assert.NotEmpty(blocks);
        foreach (Match block in blocks)
        {
            var shown = Lines(block.Groups["code"].Value);
            Assert.True(compiled.Exists(file => file.Contains(shown, StringComparison.Ordinal)),
                $"no file of the samples has this block of {document}:\n{block.Value}");
        }
    }

    [Fact]
    public void The_JavaScript_of_the_product_page_is_that_of_the_sample_that_is_run()
    {
        var sample = Lines(File.ReadAllText(Path.Combine(Repository.Root, "samples", "chat-client-js", "index.mjs")));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "add-chat-to-your-product.md"));
        var block = Assert.Single(JavaScriptBlocks().Matches(page));
        Assert.Contains(Lines(block.Groups["code"].Value), sample, StringComparison.Ordinal);
    }

    // Indented or not, and whatever blank lines it has at its ends.
    private static string Lines(string code) =>
        "\n" + string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim())) + "\n";

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"```js\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex JavaScriptBlocks();
}
