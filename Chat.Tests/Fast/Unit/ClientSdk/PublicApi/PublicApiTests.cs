using Chat.ClientSdk;
using Chat.Contracts.Protocol;
using Chat.Server;
using Chat.Tests.Fixtures;
using FluentAssertions;
using PublicApiGenerator;

namespace Chat.Tests.Unit.ClientSdk.PublicApi;

public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    /// <summary>Extensions stand where applications look for them, in namespaces of others. EF Core makes its
    /// migrations public.</summary>
    private static readonly ApiGeneratorOptions OfServer = new()
    {
        IncludeAssemblyAttributes = false,
        DenyNamespacePrefixes =
            ["Chat.Server.Persistence.Postgres.Migrations", "Chat.Server.Persistence.Sqlite.Migrations"],
    };

    /// <summary>
    /// A change of what applications compile against is seen here. With CHAT_ACCEPT_API=1 the files are written
    /// again; review them as code.
    /// </summary>
    [Theory]
    [InlineData(typeof(ChatClient))]
    [InlineData(typeof(IChatHub))]
    [InlineData(typeof(ChatOptions))]
    public void The_public_surface_of_the_packages_is_the_reviewed_one(Type member)
    {
        var assembly = member.Assembly;
        var file = Path.Combine(
            Repository.Root, "Chat.Tests", "Fast", "Unit", "ClientSdk", "PublicApi",
            $"{assembly.GetName().Name}.txt");
        var now = assembly.GeneratePublicApi(member == typeof(ChatOptions) ? OfServer : Options)
           .ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("CHAT_ACCEPT_API") == "1") File.WriteAllText(file, now);

        var reviewed = File.Exists(file) ? File.ReadAllText(file) : "";

        now.Should().Be(reviewed, "if the change is meant, run the tests once with CHAT_ACCEPT_API=1");
    }
}
