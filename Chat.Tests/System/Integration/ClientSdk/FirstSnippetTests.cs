using System.Text.RegularExpressions;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>What a newcomer pastes first, into an empty console program.</summary>
public sealed partial class FirstSnippetTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="CLIENT" />
          </ItemGroup>
        </Project>
        """;

    private static readonly string Configuration =
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    [Fact]
    public async Task The_first_snippet_of_the_guide_and_of_the_package_runs_as_it_is_pasted()
    {
        var snippet = FirstBlock("docs/sdk.md");
        FirstBlock("Chat.ClientSdk/README.md").Should().Be(snippet);
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        var folder = Directory.CreateTempSubdirectory("chat-snippet-").FullName;
        try
        {
            var client = Path.Combine(Repository.Root, "Chat.ClientSdk", "Chat.ClientSdk.csproj");
            snippet.Should().Contain("http://localhost:8080", "that is where README.md has a server run");
            await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"),
                snippet.Replace("http://localhost:8080", server.Url.ToString().TrimEnd('/'), StringComparison.Ordinal));
            await File.WriteAllTextAsync(Path.Combine(folder, "pasted.csproj"),
                Project.Replace("CLIENT", client, StringComparison.Ordinal));
            await ProcessRunner.RunAsync("dotnet", "build", folder, "-c", Configuration, "--nologo",
                "-p:BuildProjectReferences=false");

            var program = Path.Combine(folder, "bin", Configuration, "net10.0", "pasted.dll");
            await using var pasted = SampleProcess.StartProgram(program);
            await pasted.UntilAsync("dora: hello from C#");
            await using var hub = await server.ConnectHubAsync("ann");
            await hub.SendAsync(ConversationId.Lobby, "and it goes on");
            await pasted.UntilAsync("ann: and it goes on");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FirstBlock(string document) =>
        Block().Match(File.ReadAllText(Path.Combine(Repository.Root, document))).Groups["code"].Value;

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
