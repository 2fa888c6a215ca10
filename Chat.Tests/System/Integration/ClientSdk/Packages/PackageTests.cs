using System.IO.Compression;
using System.Xml.Linq;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.ClientSdk.Packages;

/// <summary>Packs what was built, and looks into it.</summary>
public sealed class PackageTests
{
    private static readonly string Configuration =
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    [Theory]
    [InlineData("Chat.Contracts")]
    [InlineData("Chat.ClientSdk", "Chat.Contracts", "Microsoft.AspNetCore.SignalR.Client")]
    public async Task A_package_has_all_that_its_users_need(string name, params string[] dependencies)
    {
        var folder = Directory.CreateTempSubdirectory("chat-pack-").FullName;
        try
        {
            await ProcessRunner.RunAsync("dotnet", "pack", Path.Combine(Repository.Root, name), "--no-build",
                "--nologo", "-c", Configuration, "-o", folder);
            using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder, "*.nupkg")));
            using var symbols = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder, "*.snupkg")));
            var files = package.Entries.Select(entry => entry.FullName).ToList();
            Assert.Contains("README.md", files);
            Assert.Contains($"lib/net10.0/{name}.dll", files);
            Assert.Contains($"lib/net10.0/{name}.xml", files);
            Assert.Contains($"lib/net10.0/{name}.pdb", symbols.Entries.Select(entry => entry.FullName));
            CheckManifest(
                await XDocument.LoadAsync(package.GetEntry($"{name}.nuspec")!.Open(), LoadOptions.None,
                    CancellationToken.None), dependencies);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CheckManifest(XDocument manifest, string[] dependencies)
    {
        string? Text(string element) =>
            manifest.Descendants().FirstOrDefault(one => one.Name.LocalName == element)?.Value;
        Assert.Equal("MIT", Text("license"));
        Assert.Equal("README.md", Text("readme"));
        Assert.False(string.IsNullOrWhiteSpace(Text("description")));
        Assert.Contains("chat", Text("tags"), StringComparison.Ordinal);
        var depends = manifest.Descendants().Where(one => one.Name.LocalName == "dependency")
            .Select(one => one.Attribute("id")!.Value).ToList();
        foreach (var dependency in dependencies) Assert.Contains(dependency, depends);
        if (dependencies.Length == 0) Assert.Empty(depends);
        // Browsers, phones and plain runtimes have no shared framework of ASP.NET Core.
        Assert.DoesNotContain(manifest.Descendants(), one => one.Name.LocalName == "frameworkReference");
    }
}
