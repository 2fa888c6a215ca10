using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Chat.Tests.Packages;

/// <summary>Packs what was built, and looks into it.</summary>
public sealed class PackageTests
{
    private static readonly string Version = typeof(Chat.Server.ChatOptions).Assembly.GetName().Version!.ToString(3);

    [Theory]
    [InlineData("Chat.Contracts")]
    [InlineData("Chat.ClientSdk", "Chat.Contracts", "Microsoft.AspNetCore.SignalR.Client")]
    public async Task A_package_has_all_that_its_users_need(string name, params string[] dependencies)
    {
        var (files, manifest) = await ReadAsync(name);
        CheckFiles(name, files);
        CheckManifest(manifest);
        var depends = DependenciesOf(manifest);
        foreach (var dependency in dependencies) Assert.Contains(dependency, depends);
        if (dependencies.Length == 0) Assert.Empty(depends);
        // Browsers, phones and plain runtimes have no shared framework of ASP.NET Core.
        Assert.DoesNotContain(manifest.Descendants(), one => one.Name.LocalName == "frameworkReference");
    }

    /// <summary>A file or a package more would be in every application with a chat.</summary>
    [Fact]
    public async Task The_server_s_package_has_these_files_and_needs_these_packages_and_no_others()
    {
        var (files, manifest) = await ReadAsync("Chat.Server");
        // What is built for debugging is not compiled ahead.
        string[] compiled = PackedPackages.Configuration == "Release"
            ? [$"runtimes/{RuntimeInformation.RuntimeIdentifier}/lib/net10.0/Chat.Server.dll"]
            : [];
        CheckFiles("Chat.Server", files, compiled);
        CheckManifest(manifest);
        Assert.Equal(
        [
            "Chat.Contracts", "MessagePack", "MessagePack.Annotations",
            "Microsoft.AspNetCore.Authentication.JwtBearer", "Microsoft.AspNetCore.OpenApi",
            "Microsoft.AspNetCore.SignalR.Protocols.MessagePack",
            "Microsoft.AspNetCore.SignalR.StackExchangeRedis", "Microsoft.EntityFrameworkCore",
            "Microsoft.EntityFrameworkCore.Relational", "Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.OpenApi",
            "Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL", "Polly", "SQLitePCLRaw.bundle_e_sqlite3",
            "StackExchange.Redis",
        ], DependenciesOf(manifest));
        Assert.Equal(["Microsoft.AspNetCore.App"],
            manifest.Descendants().Where(one => one.Name.LocalName == "frameworkReference")
                .Select(one => one.Attribute("name")!.Value));
    }

    private static async Task<(List<string> Files, XDocument Manifest)> ReadAsync(string name)
    {
        var folder = await PackedPackages.FolderAsync();
        await using var symbols = await ZipFile.OpenReadAsync(Path.Combine(folder, $"{name}.{Version}.snupkg"));
        Assert.Contains($"lib/net10.0/{name}.pdb", symbols.Entries.Select(entry => entry.FullName));
        await using var package = await ZipFile.OpenReadAsync(Path.Combine(folder, $"{name}.{Version}.nupkg"));
        await using var manifest = await package.GetEntry($"{name}.nuspec")!.OpenAsync();
        return ([.. package.Entries.Select(entry => entry.FullName)],
            await XDocument.LoadAsync(manifest, LoadOptions.None, CancellationToken.None));
    }

    private static void CheckFiles(string name, List<string> files, params string[] more)
    {
        bool IsOfThePacking(string file) => file is "[Content_Types].xml" or "_rels/.rels"
            || file.StartsWith("package/", StringComparison.Ordinal);
        Assert.Equal([$"{name}.nuspec", "README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", .. more],
            files.Where(file => !IsOfThePacking(file)).Order(StringComparer.Ordinal));
    }

    private static void CheckManifest(XDocument manifest)
    {
        string? Text(string element) =>
            manifest.Descendants().FirstOrDefault(one => one.Name.LocalName == element)?.Value;
        Assert.Equal("MIT", Text("license"));
        Assert.Equal("README.md", Text("readme"));
        Assert.False(string.IsNullOrWhiteSpace(Text("description")));
        Assert.Contains("chat", Text("tags"), StringComparison.Ordinal);
    }

    private static List<string> DependenciesOf(XDocument manifest) =>
        [.. manifest.Descendants().Where(one => one.Name.LocalName == "dependency")
            .Select(one => one.Attribute("id")!.Value).Order(StringComparer.Ordinal)];
}
