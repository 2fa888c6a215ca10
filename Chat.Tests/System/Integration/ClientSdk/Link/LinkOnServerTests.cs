using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.ClientSdk.Link;

/// <summary>The link on real sockets, through a proxy that cuts.</summary>
public sealed class LinkOnServerTests
{
    [Fact]
    public async Task Calls_through_many_cuts_are_all_answered()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        await using var chat = await ChatClient.ConnectAsync(TestChatServer.OptionsFor(proxy.Address));
        var random = new Random(5);
        for (var round = 0; round < 20; round++)
        {
            if (round % 2 == 0) proxy.CutAfter(random.Next(1, 400));
            else proxy.Cut();
            var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => chat.ConversationsAsync()))
                .WaitAsync(Bounds.Wait);
            Assert.All(answers, conversations => Assert.Equal(ConversationId.Lobby, Assert.Single(conversations).Id));
        }
        Assert.Equal(ConnectionState.Connected, chat.State);
    }

    [Fact]
    public async Task A_connection_that_is_only_half_open_is_noticed_within_the_server_timeout()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        await using var chat = new ChatClient(TestChatServer.OptionsFor(proxy.Address) with
        {
            KeepAliveInterval = TimeSpan.FromSeconds(0.5), ServerTimeout = TimeSpan.FromSeconds(1.5),
            ConnectTimeout = TimeSpan.FromSeconds(1),
        });
        var states = new RecordedStates();
        chat.StateChanges.Subscribe(states);
        await chat.StartAsync();
        await states.UntilAsync(ConnectionState.Connected);
        proxy.Mute = true; // the socket stays open and nothing comes
        Assert.IsType<ChatDisconnectedException>((await states.UntilAsync(ConnectionState.Reconnecting)).Reason);
        proxy.Mute = false;
        await states.UntilAsync(ConnectionState.Connected);
        await chat.ConversationsAsync().WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task A_token_that_is_not_taken_any_more_is_asked_for_again_once()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        var asked = new System.Collections.Concurrent.ConcurrentQueue<AccessTokenReason>();
        server.RequiredToken = "old";
        await using var chat = await ChatClient.ConnectAsync(TestChatServer.OptionsFor(proxy.Address) with
        {
            AccessTokenProvider = (reason, _) =>
            {
                asked.Enqueue(reason);
                return ValueTask.FromResult<string?>(reason == AccessTokenReason.Start ? "old" : "new");
            },
        });
        server.RequiredToken = "new";
        proxy.Cut();
        await chat.ConversationsAsync().WaitAsync(Bounds.Wait);
        Assert.Equal([AccessTokenReason.Start, AccessTokenReason.Refused], asked);
    }

    [Fact]
    public async Task Without_a_token_and_when_the_second_is_not_taken_either_the_user_is_signed_out()
    {
        await using var server = await TestChatServer.StartAsync();
        string? token = null;
        await using var chat = new ChatClient(server.Options with
        {
            AccessTokenProvider = (_, _) => ValueTask.FromResult(Volatile.Read(ref token)),
        });
        var states = new RecordedStates();
        chat.StateChanges.Subscribe(states);
        await chat.StartAsync();
        Assert.IsType<ChatSignedOutException>((await states.UntilAsync(ConnectionState.SignedOut)).Reason);
        Assert.Empty(server.Requests);
        Volatile.Write(ref token, "mine");
        server.RequiredToken = "another";
        await chat.StartAsync();
        await states.UntilAsync(ConnectionState.SignedOut);
        var waiting = await Assert.ThrowsAsync<ChatConnectException>(() => chat.WaitUntilConnectedAsync());
        Assert.IsType<ChatSignedOutException>(waiting.InnerException);
        server.RequiredToken = "mine";
        await chat.StartAsync();
        await states.UntilAsync(ConnectionState.Connected);
    }

    [Fact]
    public async Task A_server_that_does_not_want_the_client_is_not_asked_for_ever()
    {
        await using var server = await TestChatServer.StartAsync();
        server.RequiredToken = "which nobody has";
        var failure = await Assert.ThrowsAsync<ChatConnectException>(
            () => ChatClient.ConnectAsync(server.Options).WaitAsync(Bounds.Wait));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, failure.Status);
    }

    [Fact]
    public async Task A_drain_request_moves_the_client_without_a_gap()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat = new ChatClient(server.Options);
        var states = new RecordedStates();
        chat.StateChanges.Subscribe(states);
        await chat.StartAsync();
        await states.UntilAsync(ConnectionState.Connected);
        var sockets = server.WebSocketsSeen;
        await server.RequestReconnectAsync();
        await sockets.AtLeastAsync(2);
        for (var i = 0; i < 20; i++)
            await chat.HistoryAsync(ConversationId.Lobby, new HistoryQuery { Limit = 1 }).WaitAsync(Bounds.Wait);
        Assert.True(states.IsEmpty);
    }

    [Fact]
    public async Task Long_polling_comes_back_too()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        await using var chat = new ChatClient(TestChatServer.OptionsFor(proxy.Address) with
        {
            Transports = ChatTransports.LongPolling,
            AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>("mine"),
        });
        var states = new RecordedStates();
        chat.StateChanges.Subscribe(states);
        await chat.StartAsync();
        await states.UntilAsync(ConnectionState.Connected);
        server.RequiredToken = "another"; // a cut alone does not end long polling: it just polls again
        proxy.Cut();
        await states.UntilAsync(ConnectionState.SignedOut);
        server.RequiredToken = "mine";
        await chat.StartAsync();
        await states.UntilAsync(ConnectionState.Connected);
        await chat.ConversationsAsync().WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task Disposing_is_bounded_when_the_server_hangs()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        var chat = await ChatClient.ConnectAsync(
            TestChatServer.OptionsFor(proxy.Address) with { CloseTimeout = TimeSpan.FromSeconds(0.5) });
        proxy.Mute = true;
        await chat.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);
        Assert.Equal(ConnectionState.Stopped, chat.State);
    }
}
