using System.Net;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace Chat.Tests.Integration.ClientSdk;

public sealed class HttpConnectionTests
{
    [Theory]
    [InlineData(ChatTransports.All, false)]
    [InlineData(ChatTransports.WebSockets, false)]
    [InlineData(ChatTransports.WebSockets, true)]
    [InlineData(ChatTransports.LongPolling, false)]
    [InlineData(ChatTransports.ServerSentEvents, false)]
    public async Task Every_transport_carries_calls_and_pushes_in_order(ChatTransports transports, bool skipNegotiation)
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat =
            new ChatHubConnection(server.Options with { Transports = transports, SkipNegotiation = skipNegotiation });
        var inbox = new Inbox<MessageEntry>();
        using var subscription = chat.OnMessage(inbox.Add);
        await chat.StartAsync();
        await chat.JoinAsync(ConversationId.Lobby);

        var receipts = await Task.WhenAll(Enumerable.Range(1, 100)
            .Select(n => chat.SendAsync(ConversationId.Lobby, $"message {n}")));

        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n),
            receipts.Select(receipt => receipt.Sequence).Order());
        var messages = await inbox.TakeAsync(100);
        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), messages.Select(message => message.Sequence));
        Assert.All(messages, message => Assert.Equal("zoë & co", message.SenderId.Value));
        Assert.Equal(HubConnectionState.Connected, chat.State);
        Assert.Equal(!skipNegotiation, chat.ConnectionId is not null);
        Assert.Equal(!skipNegotiation, server.Requests.Any(request => request.Path.EndsWith("/negotiate")));
        Assert.Equal(transports.HasFlag(ChatTransports.WebSockets), server.Requests.Any(request => request.WebSocket));
    }

    [Theory]
    [InlineData(ChatTransports.All, "text/event-stream")]
    [InlineData(ChatTransports.WebSockets | ChatTransports.LongPolling, "*/*")]
    public async Task Refused_web_sockets_fall_back_to_the_next_transport_after_a_new_negotiation(
        ChatTransports transports, string accepted)
    {
        await using var server = await TestChatServer.StartAsync();
        server.RefuseWebSockets = true;
        await using var chat = new ChatHubConnection(server.Options with { Transports = transports });

        await chat.StartAsync();
        var receipt = await chat.SendAsync(ConversationId.Lobby, "by another way");

        Assert.Equal(1, receipt.Sequence);
        Assert.Equal(2, server.Requests.Count(request => request.Path.EndsWith("/negotiate")));
        var tried = server.Requests.Single(request => request.WebSocket).Query;
        var answered = server.Requests.Where(request => request.Method == "GET" && !request.WebSocket).ToList();
        Assert.All(answered, request => Assert.NotEqual(tried, request.Query));
        Assert.Contains(answered, request => request.Headers.Accept == accepted);
    }

    [Fact]
    public async Task No_allowed_transport_that_works_is_a_connect_exception_with_the_status()
    {
        await using var server = await TestChatServer.StartAsync();
        server.RefuseWebSockets = true;
        await using var chat = new ChatHubConnection(server.Options with { Transports = ChatTransports.WebSockets });

        var failure = await Assert.ThrowsAsync<ChatConnectException>(() => chat.StartAsync());

        Assert.Equal(HttpStatusCode.Forbidden, failure.Status);
        Assert.Equal(HubConnectionState.Disconnected, chat.State);
    }

    [Fact]
    public async Task A_redirect_is_followed_with_the_token_it_brings()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat = new ChatHubConnection(server.Options with
        {
            Url = new Uri(server.Address, "/old"),
            AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>("mine"),
        });

        await chat.StartAsync();
        await chat.SendAsync(ConversationId.Lobby, "moved");

        Assert.Equal(["Bearer mine", "Bearer other", "Bearer other"],
            server.Requests.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData("/circle", "redirected")]
    [InlineData("/angry", "go away")]
    [InlineData("/nowhere", "404")]
    public async Task A_negotiation_that_leads_nowhere_says_why(string path, string expected)
    {
        await using var server = await TestChatServer.StartAsync();
        await using var chat = new ChatHubConnection(server.Options with { Url = new Uri(server.Address, path) });

        var failure = await Assert.ThrowsAsync<ChatConnectException>(() => chat.StartAsync());

        Assert.Contains(expected, failure.Message);
        Assert.InRange(server.Requests.Count, 1, 11);
    }

    [Fact]
    public async Task The_token_is_asked_for_once_and_sent_with_every_request()
    {
        await using var server = await TestChatServer.StartAsync();
        var asked = 0;
        var options = server.Options with
        {
            AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>($"token-{Interlocked.Increment(ref asked)}"),
            Headers = new Dictionary<string, string> { ["X-Tenant"] = "blue", ["User-Agent"] = "own" },
        };
        await using var chat = new ChatHubConnection(options);

        await chat.StartAsync();
        await chat.StopAsync();
        await chat.StartAsync();

        Assert.Equal(Enumerable.Repeat("Bearer token-1", 4), server.Requests.Select(request => request.Authorization));
        Assert.All(server.Requests, request =>
        {
            Assert.Equal("blue", request.Headers["X-Tenant"]);
            Assert.Equal("own", request.Headers.UserAgent);
            Assert.Equal("XMLHttpRequest", request.Headers["X-Requested-With"]);
        });
    }

    [Fact]
    public async Task A_refused_token_shows_its_status_and_a_failing_provider_its_reason()
    {
        await using var server = await TestChatServer.StartAsync();
        server.RequiredToken = "right";
        await using var refused = new ChatHubConnection(
            server.Options with { AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>("wrong") });
        await using var failing = new ChatHubConnection(
            server.Options with { AccessTokenProvider = (_, _) => throw new InvalidTimeZoneException("mine") });

        Assert.Equal(HttpStatusCode.Unauthorized,
            (await Assert.ThrowsAsync<ChatConnectException>(() => refused.StartAsync())).Status);
        Assert.IsType<InvalidTimeZoneException>(
            (await Assert.ThrowsAsync<ChatConnectException>(() => failing.StartAsync())).InnerException);
    }

    [Theory]
    [InlineData(1000, null)]
    [InlineData(1001, 1001)]
    [InlineData(4008, 4008)]
    public async Task The_close_code_reaches_the_reader(int code, int? expected)
    {
        await using var server = await TestChatServer.StartAsync();
        var factory = new ConnectionFactory(
            server.Options with { Transports = ChatTransports.WebSockets, SkipNegotiation = true });
        await using var connection =
            await factory.ConnectAsync(new UriEndPoint(new Uri(server.Address, $"/closing/{code}")));
        var closed = new TaskCompletionSource();
        using var registration = connection.ConnectionClosed.Register(closed.SetResult);

        var failure = await Record.ExceptionAsync(
            async () => Assert.True((await connection.Transport.Input.ReadAsync()).IsCompleted));

        Assert.Equal(expected, (failure as ChatDisconnectedException)?.CloseCode);
        await closed.Task.WaitAsync(Bounds.Wait);
    }

    [Theory]
    [InlineData(ChatTransports.WebSockets)]
    [InlineData(ChatTransports.LongPolling)]
    [InlineData(ChatTransports.ServerSentEvents)]
    public async Task Dispose_ends_long_before_the_close_timeout(ChatTransports transports)
    {
        await using var server = await TestChatServer.StartAsync();
        var chat = new ChatHubConnection(
            server.Options with { Transports = transports, CloseTimeout = TimeSpan.FromMinutes(5) });
        await chat.StartAsync();
        await chat.JoinAsync(ConversationId.Lobby);

        await chat.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);

        Assert.Equal(HubConnectionState.Disconnected, chat.State);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => chat.LeaveAsync(ConversationId.Lobby));
    }

    [Theory]
    [InlineData(ChatTransports.WebSockets)]
    [InlineData(ChatTransports.LongPolling)]
    [InlineData(ChatTransports.ServerSentEvents)]
    public async Task Dispose_does_not_wait_for_a_server_that_fell_silent(ChatTransports transports)
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address);
        var chat = new ChatHubConnection(
            TestChatServer.OptionsFor(proxy.Address) with
            {
                Transports = transports, CloseTimeout = TimeSpan.FromMilliseconds(100)
            });
        await chat.StartAsync();
        proxy.Mute = true;

        await chat.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task Cancelling_a_start_stays_a_cancellation()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var proxy = new FaultProxy(server.Address) { Mute = true };
        await using var chat = new ChatHubConnection(TestChatServer.OptionsFor(proxy.Address));
        using var cancel = new CancellationTokenSource();

        var starting = chat.StartAsync(cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.WaitAsync(Bounds.Wait));
    }
}
