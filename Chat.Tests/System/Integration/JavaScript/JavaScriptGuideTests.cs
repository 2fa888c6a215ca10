using System.Text.RegularExpressions;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.JavaScript;

/// <summary>The guide's program for the stock client, run as it is shown.</summary>
public sealed partial class JavaScriptGuideTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [NodeFact]
    public async Task The_program_without_the_client_does_what_the_guide_says()
    {
        await Node.EnsureInstalledAsync();
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "javascript.md"));
        var shown = Assert.Single(Blocks().Matches(guide),
            block => block.Value.Contains("HubConnectionBuilder", StringComparison.Ordinal)).Groups["code"].Value;
        Assert.Contains("http://localhost:8080/", shown, StringComparison.Ordinal);
        var folder = Directory.CreateTempSubdirectory("chat-guide-").FullName;
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"),
                Path.Combine(Node.Folder, "node_modules"));
            await File.WriteAllTextAsync(Path.Combine(folder, "guide.mjs"), $$"""
                console.info = () => {}; // the stock client says there where it connects to
                console.log = (line) => process.stdout.write(JSON.stringify({ event: 'said', value: line }) + '\n');
                {{shown.Replace("http://localhost:8080/", server.Url.ToString(), StringComparison.Ordinal)}}
                process.stdout.write(JSON.stringify({ event: 'receipt', value: receipt.sequence }) + '\n');
                while (last < receipt.sequence) await new Promise((resolve) => { setTimeout(resolve, 10); });
                await connection.stop();
                """);
            await using var node = await NodeClient.RunAsync(folder, "guide.mjs");
            var (said, sequence) = ("", 0L);
            while (said.Length == 0 || sequence == 0) // in either order
            {
                var (name, value) = await node.NextAsync();
                if (name == "said" && value.GetString()!.EndsWith("ann: hello", StringComparison.Ordinal))
                    said = value.GetString()!;
                else if (name == "receipt") sequence = value.GetInt64();
            }
            Assert.Equal($"{sequence} ann: hello", said);
            Assert.Equal(0, await node.ExitAsync());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"```js\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
