using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.ClientSdk;

public sealed class ServerRestartTests
{
    [Fact]
    public async Task A_client_outlives_a_server_that_is_killed_and_started_again_on_the_same_port()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var storage = ("ConnectionStrings__Chat", database.Settings.ConnectionString);
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}"); // nobody else takes it meanwhile
        var first = await ServerProcess.ServeAtAsync($"{url}", null, storage);
        await using var chat = await ChatClient.ConnectAsync(ChatClientOptions.ForServer(url) with
        {
            UserId = UserId.Parse("ann"), CallTimeout = Bounds.Run,
            Reconnect = new ReconnectOptions
            {
                FirstDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(200)
            },
        });
        var states = new RecordedStates();
        chat.StateChanges.Subscribe(states);
        var group = await chat.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("ben")] });

        await first.DisposeAsync(); // kills it
        await states.UntilAsync(ConnectionState.Reconnecting);
        var asked = chat.ConversationsAsync();
        await using var second = ServerProcess.Run([$"--urls={url}"], storage);

        Assert.Contains(await asked.WaitAsync(Bounds.Run), conversation => conversation.Id == group.Id);
        await states.UntilAsync(ConnectionState.Connected);
    }

    [Fact]
    public async Task A_real_server_that_is_not_told_who_comes_refuses_for_good()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await TestServer.StartAsync(database.Settings);
        var failure = await Assert.ThrowsAsync<ChatConnectException>(
            () => ChatClient.ConnectAsync(ChatClientOptions.ForServer(server.Url)).WaitAsync(Bounds.Wait));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, failure.Status);
        Assert.Contains("user_id is required", failure.Message, StringComparison.Ordinal);
    }
}
