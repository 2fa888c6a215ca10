using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Link;

/// <summary>The calls of a client on scripted connections.</summary>
public sealed class ClientCallTests : IAsyncLifetime
{
    private static readonly HistoryPage Page = new([], 7);
    private static readonly CreateConversation Group = new() { ParticipantIds = [UserId.Parse("ben")] };

    private readonly ManualTime _time = new();
    private readonly ScriptedConnector _connector = new() { Hold = true };
    private readonly ChatClient _chat;
    private readonly RecordedStates _states = new();

    public ClientCallTests()
    {
        _chat = new ChatClient(
            new ChatClientOptions { Url = new Uri("http://test.invalid/hubs/chat"), TimeProvider = _time }, _connector);
        _chat.StateChanges.Subscribe(_states);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _chat.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);

    [Fact]
    public async Task A_call_waits_for_the_connection()
    {
        var call = _chat.HistoryAsync(ConversationId.Lobby);
        await ConnectAsync(_ => Task.FromResult<object?>(Page));
        Assert.Same(Page, await call.WaitAsync(Bounds.Wait));
    }

    [Fact]
    public async Task Without_an_answer_in_time_it_is_a_timeout_of_its_own_type()
    {
        var waiting = _chat.HistoryAsync(ConversationId.Lobby);
        _time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<ChatTimeoutException>(() => waiting.WaitAsync(Bounds.Wait));
        var connection = await ConnectAsync(_ => null);
        var asked = _chat.MarkReadAsync(ConversationId.Lobby, 1);
        await connection.Script.NextCallAsync();
        _time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<ChatTimeoutException>(() => asked.WaitAsync(Bounds.Wait));
    }

    [Fact]
    public async Task Cancelling_is_a_cancellation_by_the_callers_token()
    {
        using var impatience = new CancellationTokenSource();
        var waiting = _chat.HistoryAsync(ConversationId.Lobby, ct: impatience.Token);
        await impatience.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Bounds.Wait));
        Assert.Equal(impatience.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task A_refusal_comes_as_it_is_and_is_not_repeated()
    {
        var refusal = new ChatRefusedException(new ChatError(ChatErrorCode.Forbidden, "no"));
        var connection = await ConnectAsync(_ => Task.FromException<object?>(refusal));
        Assert.Same(refusal, await Assert.ThrowsAsync<ChatRefusedException>(() => _chat.ConversationsAsync()));
        await connection.Script.NextCallAsync();
    }

    // CH-122
    [Theory]
    [InlineData("RemoveParticipant")]
    [InlineData("History")]
    public async Task A_limited_call_is_repeated_once_at_the_time_the_server_gave_and_then_refused(
        string method)
    {
        var refusal = new ChatRefusedException(
            ChatError.WithRetry(ChatErrorCode.RateLimited, "too fast", TimeSpan.FromSeconds(2)));
        var refusals = 1;
        var connection = await ConnectAsync(_ => refusals-- > 0
            ? Task.FromException<object?>(refusal)
            : Task.FromResult<object?>(Page));
        var patient = CallAsync(method);
        await connection.Script.NextCallAsync();
        await PassAsync(TimeSpan.FromSeconds(2));
        await patient.WaitAsync(Bounds.Wait);

        refusals = 2;
        var refused = CallAsync(method);
        await connection.Script.NextCallAsync();
        await PassAsync(TimeSpan.FromSeconds(2));
        var told = await Assert.ThrowsAsync<ChatRefusedException>(() => refused.WaitAsync(Bounds.Wait));
        Assert.Equal(TimeSpan.FromSeconds(2), told.RetryAfter);
    }

    [Fact]
    public async Task Longer_than_a_call_may_take_nobody_waits()
    {
        var refusal = new ChatRefusedException(
            ChatError.WithRetry(ChatErrorCode.RateLimited, "too fast", TimeSpan.FromMinutes(2)));
        await ConnectAsync(_ => Task.FromException<object?>(refusal));
        Assert.Same(refusal, await Assert.ThrowsAsync<ChatRefusedException>(() => _chat.ConversationsAsync()));
    }

    public static TheoryData<string> Repeatable => ["History", "Conversations", "ReadPositions", "GetPresence",
        "MarkRead", "SetMuted", "AddParticipants", "CreateConversation"];

    [Theory]
    [MemberData(nameof(Repeatable))]
    public async Task Repeatable_calls_are_repeated_on_the_next_connection(string method)
    {
        var first = await ConnectAsync(_ => Task.FromException<object?>(new ChatDisconnectedException("lost")));
        var call = CallAsync(method);
        Assert.Equal(method, await first.Script.NextCallAsync());
        Assert.False(call.IsCompleted); // the hub said so before the link knew
        var second = await ReconnectAsync(first, _ => Task.FromResult<object?>(null));
        Assert.Equal(method, await second.Script.NextCallAsync());
        await call.WaitAsync(Bounds.Wait);
    }

    [Theory]
    [InlineData("CreateGroup")]
    [InlineData("RemoveParticipant")]
    public async Task Calls_that_cannot_be_repeated_fail_with_a_lost_answer(string method)
    {
        await ConnectAsync(_ => Task.FromException<object?>(new ChatDisconnectedException("lost")));
        await Assert.ThrowsAsync<ChatDisconnectedException>(() => CallAsync(method).WaitAsync(Bounds.Wait));
    }

    [Fact]
    public async Task Typing_waits_for_nothing_and_is_silent_about_a_loss()
    {
        await _chat.TypingAsync(ConversationId.Lobby); // no connection: said to nobody
        await ConnectAsync(_ => Task.FromException<object?>(new ChatDisconnectedException("lost")));
        await _chat.TypingAsync(ConversationId.Lobby);
    }

    // CH-122
    [Fact]
    public async Task Typing_that_comes_too_fast_is_no_failure()
    {
        var refusal = new ChatRefusedException(
            ChatError.WithRetry(ChatErrorCode.RateLimited, "too fast", TimeSpan.FromMinutes(2)));
        var connection = await ConnectAsync(_ => Task.FromException<object?>(refusal));
        await _chat.TypingAsync(ConversationId.Lobby);
        await connection.Script.NextCallAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ConnectAsync_fails_with_the_reason_when_there_is_no_connection_in_time(bool isRefused)
    {
        var options = new ChatClientOptions
        {
            Url = new Uri("http://test.invalid/hubs/chat"), TimeProvider = _time,
            FirstConnectionTimeout = TimeSpan.FromSeconds(7),
        };
        if (isRefused) _connector.Answer(new ChatConnectException("nobody listens there"));
        var (client, states) = (new ChatClient(options, _connector), new RecordedStates());
        client.StateChanges.Subscribe(states);
        var connecting = ChatClient.ConnectedAsync(client, CancellationToken.None);
        await _connector.NextAsync();
        while (isRefused && (await states.NextAsync()).Reason is null) { }
        await Eventually.HoldsAsync(() => _time.HasTimerWithin(options.FirstConnectionTimeout));
        _time.Advance(options.FirstConnectionTimeout);
        var failure = await Assert.ThrowsAsync<ChatConnectException>(() => connecting.WaitAsync(Bounds.Wait));
        Assert.StartsWith("No connection within 7 s: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(isRefused ? "nobody listens there" : "the server has not answered.", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_dispose_and_after_giving_up_calls_say_so()
    {
        _connector.Answer(ChatLinkTests.RefusedByServer(System.Net.HttpStatusCode.Forbidden));
        await _chat.StartAsync();
        await Assert.ThrowsAsync<ChatConnectException>(() => _chat.ConversationsAsync().WaitAsync(Bounds.Wait));
        await Assert.ThrowsAsync<ChatConnectException>(() => _chat.WaitUntilConnectedAsync().WaitAsync(Bounds.Wait));
        await _chat.DisposeAsync();
        await _chat.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _chat.ConversationsAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _chat.StartAsync());
    }

    [Theory]
    [InlineData("ftp://chat.example.com", "Url")]
    [InlineData("https://chat.example.com", "KeepAliveInterval", 60)]
    [InlineData("https://chat.example.com", "CallTimeout", 15, 0)]
    [InlineData("https://chat.example.com", "Reconnect.FirstDelay", 15, 30, 60)]
    public void Wrong_options_are_refused_by_name(
        string url, string field, int keepAlive = 15, int callTimeout = 30, int firstDelay = 1)
    {
        var options = new ChatClientOptions
        {
            Url = new Uri(url), KeepAliveInterval = TimeSpan.FromSeconds(keepAlive),
            CallTimeout = TimeSpan.FromSeconds(callTimeout),
            Reconnect = new ReconnectOptions { FirstDelay = TimeSpan.FromSeconds(firstDelay) },
        };
        Assert.Contains(field, Assert.Throws<ArgumentException>(() => new ChatClient(options)).Message,
            StringComparison.Ordinal);
    }

    private async Task PassAsync(TimeSpan time)
    {
        await Eventually.HoldsAsync(() => _time.HasTimerWithin(time));
        _time.Advance(time);
    }

    private async Task<ScriptedConnection> ConnectAsync(Func<string, Task<object?>?> respond)
    {
        await _chat.StartAsync();
        return await AcceptAsync(respond);
    }

    private async Task<ScriptedConnection> ReconnectAsync(ScriptedConnection old, Func<string, Task<object?>?> respond)
    {
        old.Lose();
        ConnectionStateChange change;
        do change = await _states.NextAsync();
        while (change is not { State: ConnectionState.Reconnecting, NextAttemptIn: { } });
        _time.Advance(change.NextAttemptIn!.Value);
        return await AcceptAsync(respond);
    }

    private async Task<ScriptedConnection> AcceptAsync(Func<string, Task<object?>?> respond)
    {
        var connection = await _connector.NextAsync();
        connection.Script.Respond = respond;
        connection.Answer(null);
        await _chat.WaitUntilConnectedAsync().WaitAsync(Bounds.Wait);
        return connection;
    }

    private Task CallAsync(string method) => method switch
    {
        nameof(IChatHub.History) => _chat.HistoryAsync(ConversationId.Lobby),
        nameof(IChatHub.Conversations) => _chat.ConversationsAsync(),
        nameof(IChatHub.ReadPositions) => _chat.ReadPositionsAsync(ConversationId.Lobby),
        nameof(IChatHub.GetPresence) => _chat.GetPresenceAsync(),
        nameof(IChatHub.MarkRead) => _chat.MarkReadAsync(ConversationId.Lobby, 1),
        nameof(IChatHub.SetMuted) => _chat.SetMutedAsync(ConversationId.Lobby),
        nameof(IChatHub.AddParticipants) => _chat.AddParticipantsAsync(ConversationId.Lobby, [UserId.Parse("ben")]),
        nameof(IChatHub.CreateConversation) =>
            _chat.CreateConversationAsync(Group with { Kind = ConversationKind.Direct }),
        nameof(IChatHub.RemoveParticipant) => _chat.RemoveParticipantAsync(ConversationId.Lobby, UserId.Parse("ben")),
        _ => _chat.CreateConversationAsync(Group),
    };
}
