using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chat.Tests.Integration.Rest;

/// <summary>The committed document is what servers serve, and the clients are made from it:
/// <c>tools/api-clients/generate.sh</c>.</summary>
public sealed partial class ApiDocumentTests(RestServerFixture fixture) : IClassFixture<RestServerFixture>
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "api");

    private static readonly string Clients = Path.Combine(Repository.Root, "samples", "ApiClients");

    // CH-310
    [Theory]
    [InlineData("/openapi/v1.json", "openapi.json")]
    [InlineData("/openapi/asyncapi.json", "asyncapi.json")]
    public async Task The_committed_document_is_the_one_that_is_served(string address, string file)
    {
        using var served = JsonDocument.Parse(await fixture.Server.Operators.GetStringAsync(address));
        var text = JsonSerializer.Serialize(served.RootElement, Indented).ReplaceLineEndings("\n") + "\n";
        var path = Path.Combine(Folder, file);
        if (Environment.GetEnvironmentVariable("CHAT_ACCEPT_API") is not null) await File.WriteAllTextAsync(path, text);
        Assert.True(text == await File.ReadAllTextAsync(path),
            $"docs/api/{file} is not what is served: run tools/api-clients/generate.sh");
    }

    // CH-310
    [Fact]
    public async Task The_CSharp_client_is_made_from_it()
    {
        var sum = Convert.ToHexStringLower(SHA256.HashData(
            await File.ReadAllBytesAsync(Path.Combine(Folder, "openapi.json"))));
        var client = await File.ReadAllTextAsync(Path.Combine(Clients, "csharp", "generated", "ChatApi.cs"));
        Assert.True(client.Contains(sum, StringComparison.Ordinal),
            "the C# client is of another document: run tools/api-clients/generate.sh");
    }

    // CH-310
    [NodeFact]
    public async Task The_TypeScript_types_are_made_from_it_and_work_with_a_server()
    {
        var folder = Path.Combine(Clients, "typescript");
        await ProcessRunner.RunAsync(Node.Npm, "ci", "--prefix", folder, "--no-audit", "--no-fund");
        var made = Path.Combine(folder, "obj", "made.ts");
        await ProcessRunner.RunAsync("node",
            Path.Combine(folder, "node_modules", "openapi-typescript", "bin", "cli.js"),
            Path.Combine(Folder, "openapi.json"), "-o", made);
        Assert.True(await File.ReadAllTextAsync(made)
                == await File.ReadAllTextAsync(Path.Combine(folder, "generated", "chat-api.ts")),
            "the TypeScript types are of another document: run tools/api-clients/generate.sh");
        File.Delete(made);

        await ProcessRunner.RunAsync(Node.Npm, "run", "check", "--prefix", folder);
        await ProcessRunner.RunAsync(Node.Npm, "run", "build", "--prefix", folder);
        await using var keys = await Keys.KeyServer.StartAsync(Chat.Server.Persistence.DatabaseKind.Sqlite);
        var output = await ProcessRunner.RunAsync("env", $"CHAT_URL={keys.Server.Url}",
            $"CHAT_KEY={await keys.KeyAsync(Chat.Server.Callers.KeyScopes.App)}", "node",
            Path.Combine(folder, "obj", "shop.js"));
        var said = JsonDocument.Parse(output).RootElement;
        Assert.Equal((201, 2, true), (said.GetProperty("title").GetInt32(), said.GetProperty("first").GetInt32(),
            said.GetProperty("duplicate").GetBoolean()));
        Assert.Equal(["ann: conversation_created", "system: It left our house.", "ann: Thank you!"],
            said.GetProperty("said").EnumerateArray().Select(one => one.GetString()));
        Assert.False(string.IsNullOrEmpty(said.GetProperty("refused").GetString()));
    }

    // CH-311
    [NodeFact]
    public async Task The_AsyncAPI_document_is_a_valid_one()
    {
        var tool = Path.Combine(Repository.Root, "tools", "api-clients");
        await ProcessRunner.RunAsync(Node.Npm, "ci", "--prefix", tool, "--no-audit", "--no-fund");
        var said = await ProcessRunner.RunAsync("node",
            Path.Combine(tool, "check-asyncapi.mjs"), Path.Combine(Folder, "asyncapi.json"));
        Assert.Contains("operations", said, StringComparison.Ordinal);
    }

    // CH-311
    [Fact]
    public async Task The_AsyncAPI_document_has_every_frame_that_is_written()
    {
        using var document = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Folder, "asyncapi.json")));
        var described = document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(schema => schema.Name.EndsWith("Frame", StringComparison.Ordinal))
            .SelectMany(schema => schema.Value.GetProperty("properties").GetProperty("type").GetProperty("enum")
                .EnumerateArray().Select(word => word.GetString()!)).ToHashSet();
        var sources = Path.Combine(Repository.Root, "Chat.Server", "Transports", "WebSockets");
        var (replies, signals, entries) = (await File.ReadAllTextAsync(Path.Combine(sources, "RawReplies.cs")),
            await File.ReadAllTextAsync(Path.Combine(sources, "RawSignalFields.cs")),
            await File.ReadAllTextAsync(Path.Combine(sources, "RawFormat.cs")));
        var written = Frame().Matches(replies).Concat(Signal().Matches(signals)).Concat(Entry().Matches(entries))
            .SelectMany(match => match.Groups.Values.Skip(1).Where(group => group.Success))
            .Select(group => group.Value).ToHashSet();
        Assert.True(written.Count > 25, $"{written.Count} frames were found");
        Assert.Empty(written.Except(described));
    }

    [GeneratedRegex("Frame\\((?:\\w+ \\? \"(\\w+)\" : )?\"(\\w+)\"")]
    private static partial Regex Frame();

    [GeneratedRegex("""Signal(?: \{ Summary: null \})? => "(\w+)"u8""")]
    private static partial Regex Signal();

    [GeneratedRegex("\"type\"u8, \"(\\w+)\"u8")]
    private static partial Regex Entry();
}
