namespace Chat.Tests.Fixtures.Servers;

/// <summary>Node.js, and the folder with the programs that tests run in it.</summary>
internal static class Node
{
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    public static string Folder { get; } = Path.Combine(Repository.Root, "Chat.Tests", "node");

    /// <summary>Why tests that need Node cannot run here; null when they can, or when they must.</summary>
    public static string? SkipReason =>
        RequiredTools.RequireAll
            || (RequiredTools.FindOnPath("node") is not null && RequiredTools.FindOnPath("npm") is not null)
        ? null
        : "Node.js is not installed: node and npm are not on the PATH";

    public static string Npm =>
        RequiredTools.FindOnPath("npm") ?? throw new InvalidOperationException("npm is not on the PATH");

    /// <summary>What package.json asks for is there.</summary>
    public static Task EnsureInstalledAsync() => Installed.Value;

    private static async Task InstallAsync()
    {
        string[] wanted = ["@microsoft/signalr", "@microsoft/signalr-protocol-msgpack", "fake-indexeddb",
            "react", "react-test-renderer"];
        if (!wanted.All(package => Directory.Exists(Path.Combine(Folder, "node_modules", package))))
            await ProcessRunner.RunAsync(Npm, "ci", "--prefix", Folder, "--no-audit", "--no-fund");
    }
}

/// <summary>A theory that needs Node.js.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = Node.SkipReason;
}

/// <summary>A fact that needs Node.js.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = Node.SkipReason;
}
