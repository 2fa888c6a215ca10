using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace Chat.Tests.Integration.ClientSdk;

public sealed class ReconnectTests
{
    [Theory]
    [InlineData(ChatTransports.WebSockets)]
    [InlineData(ChatTransports.LongPolling)]
    [InlineData(ChatTransports.ServerSentEvents)]
    public async Task A_lost_connection_comes_back_when_the_server_lets_it_and_resumes_by_joining_again(
        ChatTransports transports)
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        await using var chat =
            new ChatHubConnection(TestChatServer.OptionsFor(proxy.Address) with { Transports = transports });
        var (inbox, reconnecting, reconnected) = (new Inbox<MessageEntry>(), new Inbox<Exception?>(),
            new Inbox<string?>());
        chat.OnMessage(inbox.Add);
        chat.Reconnecting += reason => Noted(reconnecting, reason);
        chat.Reconnected += id => Noted(reconnected, id);
        await chat.StartAsync();
        var first = chat.ConnectionId;
        await chat.JoinAsync(ConversationId.Lobby);
        await chat.SendAsync(ConversationId.Lobby, "before");

        server.RequiredToken = "nobody has it"; // a cut alone does not end long polling: it just polls again
        proxy.Cut();

        Assert.IsType<ChatDisconnectedException>(await reconnecting.NextAsync());
        server.RequiredToken = null;
        Assert.NotEqual(first, await reconnected.NextAsync());
        await chat.SendAsync(ConversationId.Lobby, "missed");
        await chat.JoinAsync(ConversationId.Lobby, afterSequence: 1);
        Assert.Equal(["before", "missed"], (await inbox.TakeAsync(2)).Select(message => message.Body));
    }

    [Fact]
    public async Task Stateful_reconnect_keeps_the_connection_and_loses_nothing()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        await using var chat =
            new ChatHubConnection(TestChatServer.OptionsFor(proxy.Address) with { StatefulReconnect = true });
        await using var other = new ChatHubConnection(server.Options);
        var (inbox, reconnecting) = (new Inbox<MessageEntry>(), new Inbox<Exception?>());
        chat.OnMessage(inbox.Add);
        chat.Reconnecting += reason => Noted(reconnecting, reason);
        await chat.StartAsync();
        await other.StartAsync();
        var id = chat.ConnectionId;
        await chat.JoinAsync(ConversationId.Lobby);

        for (var round = 0; round < 3; round++)
        {
            await chat.SendAsync(ConversationId.Lobby, "mine");
            proxy.Cut();
            var mine = Enumerable.Range(0, 20).Select(_ => chat.SendAsync(ConversationId.Lobby, "mine"));
            var others = Enumerable.Range(0, 20).Select(_ => other.SendAsync(ConversationId.Lobby, "other"));
            await Task.WhenAll([.. mine, .. others]).WaitAsync(Bounds.Wait);
        }

        var sequences = (await inbox.TakeAsync(123)).Select(message => message.Sequence);
        Assert.Equal(Enumerable.Range(1, 123).Select(n => (long)n), sequences);
        Assert.Equal(id, chat.ConnectionId);
        Assert.True(reconnecting.IsEmpty);
        Assert.Equal(4, server.Requests.Count(request => request.WebSocket) - 1);
    }

    [Fact]
    public async Task Stateful_reconnect_survives_a_cut_in_the_middle_of_a_message()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        await using var chat =
            new ChatHubConnection(TestChatServer.OptionsFor(proxy.Address) with { StatefulReconnect = true });
        var inbox = new Inbox<MessageEntry>();
        chat.OnMessage(inbox.Add);
        await chat.StartAsync();
        await chat.JoinAsync(ConversationId.Lobby);
        var body = new string('x', 60_000);

        proxy.CutAfter(30_000);
        await chat.SendAsync(ConversationId.Lobby, body).WaitAsync(Bounds.Wait);
        await chat.SendAsync(ConversationId.Lobby, "after").WaitAsync(Bounds.Wait);

        Assert.Equal([body, "after"], (await inbox.TakeAsync(2)).Select(message => message.Body));
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(2, server.Requests.Count(request => request.WebSocket));
    }

    [Fact]
    public async Task Stateful_reconnect_gives_way_to_a_new_connection_when_the_server_refuses_the_old()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        await using var chat =
            new ChatHubConnection(TestChatServer.OptionsFor(proxy.Address) with { StatefulReconnect = true });
        var reconnected = new Inbox<string?>();
        chat.Reconnected += id => Noted(reconnected, id);
        await chat.StartAsync();
        var first = chat.ConnectionId;

        server.RefuseWebSockets = true; // the old connection cannot come back, and the new one polls
        proxy.Cut();

        Assert.NotEqual(first, await reconnected.NextAsync());
        Assert.Equal(1, (await chat.SendAsync(ConversationId.Lobby, "new")).Sequence);
    }

    [Fact]
    public async Task Dispose_ends_a_stateful_reconnect_that_is_under_way()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        var chat = new ChatHubConnection(TestChatServer.OptionsFor(proxy.Address) with { StatefulReconnect = true });
        await chat.StartAsync();
        proxy.Mute = true; // the new socket never gets its answer
        var sockets = server.WebSocketsSeen;
        proxy.Cut();
        Assert.Equal(2, await sockets.AtLeastAsync(2));

        await chat.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task Without_a_policy_the_first_loss_closes_and_pending_calls_are_told()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        await using var chat =
            new ChatHubConnection(TestChatServer.OptionsFor(proxy.Address) with { Reconnect = null });
        var closed = new Inbox<Exception?>();
        chat.Closed += reason => Noted(closed, reason);
        await chat.StartAsync();
        await chat.ConversationsAsync();
        var pending = chat.MarkReadAsync(ConversationId.Lobby, 1); // the test hub never answers this

        proxy.Cut();

        Assert.IsType<ChatDisconnectedException>(await closed.NextAsync());
        await Assert.ThrowsAsync<ChatDisconnectedException>(() => pending.WaitAsync(Bounds.Wait));
        await Assert.ThrowsAsync<ChatDisconnectedException>(() => chat.ConversationsAsync());
    }

    private static Task Noted<T>(Inbox<T> inbox, T item)
    {
        inbox.Add(item);
        return Task.CompletedTask;
    }
}
