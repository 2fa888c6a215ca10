using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.JavaScript;

/// <summary>The tests of the JavaScript client that need no server: a hub in memory, and time that the tests
/// move.</summary>
public sealed class NodeTests
{
    [NodeFact]
    public async Task The_tests_in_Node_pass()
    {
        await Node.EnsureInstalledAsync();
        var files = Directory.GetFiles(Path.Combine(Node.Folder, "sdk"), "*.test.mjs").Order().ToList();
        Assert.NotEmpty(files);
        // A process a file at a time: several at once would not end sooner beside the other tests.
        foreach (var file in files) await ProcessRunner.RunAsync(RequiredTools.FindOnPath("node")!, "--test", file);
    }
}
