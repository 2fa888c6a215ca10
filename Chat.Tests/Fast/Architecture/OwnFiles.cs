namespace Chat.Tests.Architecture;

/// <summary>The texts of the repository that were written here: nothing built, restored, scaffolded or taken from
/// others.</summary>
internal static class OwnFiles
{
    private static readonly string[] Others = ["obj", "bin", "node_modules", "vendor", "Migrations", "artifacts",
        "TestResults", "generated"];

    /// <summary>Paths from the root, with slashes.</summary>
    public static IEnumerable<string> Paths(params string[] extensions) =>
        Walk(new DirectoryInfo(Repository.Root))
            .Where(file => extensions.Contains(file.Extension, StringComparer.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'));

    public static string[] ReadLines(string path) => File.ReadAllLines(Path.Combine(Repository.Root, path));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(
            folder.EnumerateDirectories()
                .Where(inner => !inner.Name.StartsWith('.') && !Others.Contains(inner.Name, StringComparer.Ordinal))
                .SelectMany(Walk));
}
