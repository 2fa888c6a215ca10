using Chat.Tests.Fixtures;

namespace Chat.Tests.Architecture;

/// <summary>A file of our own code; what EF Core scaffolds is none.</summary>
/// <param name="Path">From the root of the repository, with slashes.</param>
/// <param name="Lines">Without their ends.</param>
internal sealed record SourceFile(string Path, string[] Lines)
{
    private static readonly string[] Projects = ["Chat.Contracts", "Chat.Server", "Chat.ClientSdk", "Chat.Tests",
        "Chat.Benchmarks"];

    public static IReadOnlyList<SourceFile> All { get; } = [.. Projects.SelectMany(ReadProject)];

    /// <summary>The file's folder, without its project.</summary>
    public string Folder => Path[(Path.IndexOf('/') + 1)..(Path.LastIndexOf('/') + 1)].TrimEnd('/');

    public static bool IsCode(string line) => !line.TrimStart().StartsWith("//", StringComparison.Ordinal);

    private static IEnumerable<SourceFile> ReadProject(string project) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/bin/", StringComparison.Ordinal)
                && !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(path => new SourceFile(path, File.ReadAllLines(System.IO.Path.Combine(Repository.Root, path))));
}
