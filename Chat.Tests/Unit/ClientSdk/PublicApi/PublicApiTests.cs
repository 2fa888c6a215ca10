using Chat.ClientSdk;
using Chat.Contracts.Protocol;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.PublicApi;

public sealed class PublicApiTests
{
    /// <summary>Whoever changes what applications compile against sees it here. With CHAT_ACCEPT_API=1 the files are written anew; review them as code.</summary>
    [Theory]
    [InlineData(typeof(ChatClient))]
    [InlineData(typeof(IChatHub))]
    public void What_packages_offer_is_what_was_reviewed(Type member)
    {
        var assembly = member.Assembly;
        var file = Path.Combine(Repository.Root, "Chat.Tests", "Unit", "ClientSdk", "PublicApi", $"{assembly.GetName().Name}.txt");
        var now = ApiText.Of(assembly);
        if (Environment.GetEnvironmentVariable("CHAT_ACCEPT_API") == "1") File.WriteAllText(file, now);
        var reviewed = File.Exists(file) ? File.ReadAllLines(file) : [];
        var lines = now.TrimEnd('\n').Split('\n');
        var changes = lines.Except(reviewed).Select(line => "+ " + line).Concat(reviewed.Except(lines).Select(line => "- " + line)).ToList();
        Assert.True(changes.Count == 0, $"the public API changed; if that is meant, run the tests once with CHAT_ACCEPT_API=1\n{string.Join('\n', changes)}");
    }
}
