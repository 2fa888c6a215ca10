namespace Chat.Tests.Fixtures;

internal static class Repository
{
    /// <summary>The folder of the solution, found upwards from the tests' output.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Chat.sln"))) return folder.FullName;
        throw new InvalidOperationException("no Chat.sln above the tests");
    }
}
