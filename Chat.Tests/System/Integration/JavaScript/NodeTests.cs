using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.JavaScript;

/// <summary>The tests of the JavaScript client and of the web app that need no server and no browser: a hub in memory,
/// and time that the tests move.</summary>
public sealed class NodeTests
{
    [NodeFact]
    public async Task The_tests_in_Node_pass()
    {
        await Node.EnsureInstalledAsync();
        List<string> files = [.. TestsOf("sdk"), .. TestsOf("app")];
        // A process a file at a time: several at once would not end sooner beside the other tests.
        foreach (var file in files) await ProcessRunner.RunAsync(RequiredTools.FindOnPath("node")!, "--test", file);
    }

    private static string[] TestsOf(string folder)
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(Node.Folder, folder), "*.test.mjs").Order()];
        Assert.NotEmpty(files);
        return files;
    }
}
