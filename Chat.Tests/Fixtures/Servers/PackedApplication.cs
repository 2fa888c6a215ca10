using System.Xml.Linq;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>An application outside of this repository, made of its own files and of our packages as they would be
/// published. It is built without a network.</summary>
internal sealed class PackedApplication : IAsyncDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("chat-packed-");

    private PackedApplication() { }

    /// <summary>Of its sources.</summary>
    public string Folder => Path.Combine(_home.FullName, "App");

    /// <summary>What was published.</summary>
    public string Published => Path.Combine(_home.FullName, "out");

    /// <summary>What a template of .NET makes, with our package or without.</summary>
    public static async Task<PackedApplication> OfTemplateAsync(string template, bool hasChat = true)
    {
        var app = new PackedApplication();
        await ProcessRunner.RunAsync("dotnet", "new", template, "-o", app.Folder, "--no-restore");
        await app.ReferAsync(hasChat ? """
            <ItemGroup>
              <PackageReference Include="Chat.Server" Version="VERSION" />
            </ItemGroup>
            """ : "");
        return app;
    }

    /// <summary>Puts the lines of the chat into the program of the template "web".</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> AddChatAsync()
    {
        var program = Path.Combine(Folder, "Program.cs");
        var before = await File.ReadAllTextAsync(program);
        const string built = "var app = builder.Build();";
        var after = "using Chat.Server;\n" + before.Replace(built,
            $"builder.Services.AddChat().UseSqlite(\"chat.db\");\n{built}\napp.MapChat();", StringComparison.Ordinal);
        await File.WriteAllTextAsync(program, after);
        return after.Split('\n').Length - before.Split('\n').Length;
    }

    /// <summary>Puts a line into the program of the template "web", before it runs.</summary>
    public async Task AddAsync(string line)
    {
        var program = Path.Combine(Folder, "Program.cs");
        const string run = "app.Run();";
        await File.WriteAllTextAsync(program, (await File.ReadAllTextAsync(program))
            .Replace(run, $"{line}\n{run}", StringComparison.Ordinal));
    }

    /// <summary>What is in a folder of this repository, which refers to projects where others refer to
    /// packages.</summary>
    public static async Task<PackedApplication> OfFolderAsync(string folder)
    {
        var app = new PackedApplication();
        var source = Path.Combine(Repository.Root, folder);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(source, file);
            if (path.Split('/')[0] is "bin" or "obj") continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(app.Folder, path))!);
            File.Copy(file, Path.Combine(app.Folder, path));
        }
        await app.ReferAsync("");
        return app;
    }

    /// <summary>Publishes it as its owner would.</summary>
    public Task PublishAsync() => ProcessRunner.RunAsync("dotnet", "publish", Folder, "--nologo", "-o", Published,
        "-p:UseAppHost=false", "-p:NuGetAudit=false");

    /// <summary>Starts what was published; ends when it says where it listens.</summary>
    public async Task<(SampleProcess Process, Uri Url)> StartAsync(params string[] arguments)
    {
        var process = Run(["--urls=http://127.0.0.1:0", .. arguments]);
        var line = await process.UntilAsync("Now listening on:");
        return (process, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()));
    }

    public SampleProcess Run(params string[] arguments) => SampleProcess.StartProgram(
        Path.Combine(Published, "App.dll"), [$"--contentRoot={Published}", .. arguments]);

    public ValueTask DisposeAsync()
    {
        _home.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task ReferAsync(string more)
    {
        // Ours are unpacked here; all others were restored when this repository was built.
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(Path.Combine(_home.FullName, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{await PackedPackages.FolderAsync()}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="restored" value="{restored}" />
              </fallbackPackageFolders>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
            </configuration>
            """);
        var project = Directory.GetFiles(Folder, "*.csproj").Single();
        var text = await File.ReadAllTextAsync(project);
        foreach (var name in new[] { "Chat.Server", "Chat.ClientSdk" })
            text = text.Replace($"<ProjectReference Include=\"../../{name}/{name}.csproj\" />",
                $"<PackageReference Include=\"{name}\" Version=\"VERSION\" />", StringComparison.Ordinal);
        var version = typeof(Chat.Server.ChatOptions).Assembly.GetName().Version!.ToString(3);
        // One of ours, so it was restored: what depends on TestHost has its version.
        var framework = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(one => (string?)one.Attribute("Include") == "Microsoft.AspNetCore.Mvc.Testing")
            .Attribute("Version")!.Value;
        File.Delete(project);
        await File.WriteAllTextAsync(Path.Combine(Folder, "App.csproj"),
            text.Replace("</Project>", more + "</Project>", StringComparison.Ordinal)
                .Replace("VERSION", version, StringComparison.Ordinal)
                .Replace("FRAMEWORK", framework, StringComparison.Ordinal));
    }
}
