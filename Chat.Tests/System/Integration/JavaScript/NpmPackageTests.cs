using System.Text.Json;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.JavaScript;

/// <summary>What <c>npm pack</c> makes of <c>wwwroot/sdk</c> is a package that works.</summary>
public sealed class NpmPackageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string Sdk = Path.Combine(Repository.Root, "Chat.Server", "wwwroot", "sdk");

    [NodeFact]
    public async Task A_packed_client_talks_to_a_server()
    {
        await Node.EnsureInstalledAsync();
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        var folder = Directory.CreateTempSubdirectory("chat-npm-").FullName;
        try
        {
            await ProcessRunner.RunAsync(Node.Npm, "pack", Sdk, "--pack-destination", folder, "--silent");
            var modules = Directory.CreateDirectory(Path.Combine(folder, "node_modules")).FullName;
            await ProcessRunner.RunAsync("tar", "-xzf", Assert.Single(Directory.GetFiles(folder, "*.tgz")), "-C",
                modules);
            var installed = Path.Combine(Directory.CreateDirectory(Path.Combine(modules, "@chat")).FullName, "client");
            Directory.Move(Path.Combine(modules, "package"), installed);
            Directory.CreateSymbolicLink(Path.Combine(modules, "@microsoft"),
                Path.Combine(Node.Folder, "node_modules", "@microsoft"));
            File.Copy(Path.Combine(Node.Folder, "packed.mjs"), Path.Combine(folder, "packed.mjs"));

            await using var node = await NodeClient.RunAsync(folder, "packed.mjs", server.Url.ToString());
            Assert.Equal("hello from a package", (await node.UntilAsync("shown")).GetString());
            Assert.Equal(0, await node.ExitAsync());
            await RunSampleAsync(folder, server);
            CheckFiles(installed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [NodeFact]
    public async Task The_page_s_copy_of_SignalR_is_the_one_of_npm()
    {
        await Node.EnsureInstalledAsync();
        var ours = await File.ReadAllBytesAsync(Path.Combine(Sdk, "vendor", "signalr.min.js"));
        Assert.Equal(
            await File.ReadAllBytesAsync(
                Path.Combine(Node.Folder, "node_modules", "@microsoft", "signalr", "dist", "browser",
                    "signalr.min.js")), ours);
    }

    /// <summary>The sample, as docs/add-chat-to-your-product.md shows it, sends what it is given.</summary>
    private static async Task RunSampleAsync(string folder, TestServer server)
    {
        File.Copy(Path.Combine(Repository.Root, "samples", "chat-client-js", "index.mjs"),
            Path.Combine(folder, "index.mjs"));
        var command = $"cd '{folder}' && echo 'hello from the sample' | node index.mjs sam {server.Url}";
        await ProcessRunner.RunAsync("sh", "-c", command);
        var stored = await server.Http.GetStringAsync("/api/v1/chat/00000000-0000-0000-0000-000000000001/messages");
        Assert.Contains("\"body\":\"hello from the sample\"", stored, StringComparison.Ordinal);
    }

    private static void CheckFiles(string package)
    {
        foreach (var file in new[] { "README.md", "chat-client.d.ts", "contracts.d.ts", "chat-client.js",
            "vendor/signalr.LICENSE.txt" }) Assert.True(File.Exists(Path.Combine(package, file)), file);
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "package.json")));
        Assert.Equal("MIT", manifest.RootElement.GetProperty("license").GetString());
        Assert.Equal(["@microsoft/signalr"],
            manifest.RootElement.GetProperty("dependencies").EnumerateObject().Select(dependency => dependency.Name));
        Assert.Equal(typeof(ChatClientTests).Assembly.GetName().Version!.ToString(3),
            manifest.RootElement.GetProperty("version").GetString());
    }
}
