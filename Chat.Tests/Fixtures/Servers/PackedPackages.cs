namespace Chat.Tests.Fixtures.Servers;

/// <summary>The packages as they would be published, made of what was built.</summary>
internal static class PackedPackages
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>A folder with all of them, for as long as the tests run.</summary>
    public static Task<string> FolderAsync() => Made.Value;

    private static async Task<string> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("chat-packages-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        foreach (var project in new[] { "Chat.Contracts", "Chat.ClientSdk", "Chat.Server" })
            await ProcessRunner.RunAsync("dotnet", "pack", Path.Combine(Repository.Root, project), "--no-build",
                "--nologo", "-c", Configuration, "-o", folder.FullName);
        return folder.FullName;
    }
}
