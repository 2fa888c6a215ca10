using System.Diagnostics;
using Chat.ClientSdk.Testing;
using Chat.Contracts.Identifiers;

namespace SdkSnippets;

/// <summary>The code of docs/sdk.md about tests.</summary>
internal static class TestingSnippets
{
    public static async Task TestAsync()
    {
        var (ann, bot) = (UserId.Parse("ann"), UserId.Parse("bot"));
        var server = new InMemoryChatServer();
        await using var chat = server.CreateClient(bot); // a real ChatClient: hand it to the code under test
        await chat.StartAsync();

        var team = server.CreateGroup(ann, bot);
        server.Post(team, ann, "hello");
        server.Disconnect(bot); // what was under way is lost; the client comes back

        await chat.MarkReadAsync(team, 2);
        Debug.Assert(server.LogOf(team).Count == 2);
    }
}
