namespace Chat.Tests.Fixtures;

internal static class Repository
{
    /// <summary>The folder of the solution, found upwards from the tests' output.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The program that a project builds, in the configuration of these tests.</summary>
    public static string Program(string project)
    {
        var build = AppContext.BaseDirectory[AppContext.BaseDirectory.LastIndexOf("/bin/", StringComparison.Ordinal)..];
        return Path.Combine(Root, project) + build + Path.GetFileName(project) + ".dll";
    }

    private static string Find(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Chat.sln"))) return folder.FullName;
        throw new InvalidOperationException("no Chat.sln above the tests");
    }
}
