using System.Net;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.ClientSdk.Link;

public sealed class ChatLinkTests
{
    private static readonly TimeSpan Half = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task A_log_that_hangs_holds_up_nothing()
    {
        using var held = new ManualResetEventSlim();
        await using var link = new LinkHarness(options => options with { LoggerFactory = new HangingLog(held) });
        (await link.ConnectedAsync()).Lose();
        await link.PassWaitAsync();
        Assert.Equal(2, (await link.SessionAsync()).Number);
        held.Set();
    }

    [Fact]
    public async Task A_log_that_throws_harms_nothing()
    {
        await using var link = new LinkHarness(options => options with { LoggerFactory = new FullLog() });
        using var bad = link.Link.Listen(_ => throw new InvalidOperationException("a listener's fault, to be logged"));
        var connection = await link.ConnectedAsync();
        connection.Push(new Push.Entry(DrainTests.Message(1)));
        connection.Lose();
        await link.PassWaitAsync();
        Assert.Equal(2, (await link.SessionAsync()).Number);
    }

    [Fact]
    public async Task The_first_connection_is_tried_at_once_and_then_with_backoff_for_ever()
    {
        await using var link = new LinkHarness();
        link.Connector.Answer([.. Enumerable.Repeat(Refused(HttpStatusCode.ServiceUnavailable), 8)]);
        link.Link.Start();
        double[] waits = [0.5, 1, 2, 4, 8, 15, 15, 15]; // half of 1, 2, 4, 8, 16, 30, 30, 30
        foreach (var wait in waits) Assert.Equal(TimeSpan.FromSeconds(wait), await link.PassWaitAsync());
        Assert.Equal(1, (await link.SessionAsync()).Number);
        Assert.Equal(9, link.Connector.Count);
    }

    // CH-122
    [Fact]
    public async Task A_server_that_is_full_is_tried_again_when_it_said_and_then_as_ever()
    {
        await using var link = new LinkHarness();
        link.Connector.Answer(new ChatConnectException("full", new ServerBusy(TimeSpan.FromSeconds(7))),
            Refused(HttpStatusCode.ServiceUnavailable));
        link.Link.Start();
        Assert.Equal(TimeSpan.FromSeconds(7), await link.PassWaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(1), await link.PassWaitAsync());
        await link.SessionAsync();
    }

    [Fact]
    public async Task The_states_tell_what_happens_and_why()
    {
        await using var link = new LinkHarness();
        Assert.Equal(new ConnectionStateChange(ConnectionState.Stopped, null, null), await link.States.NextAsync());
        var failure = Refused(HttpStatusCode.BadGateway);
        link.Connector.Answer(failure);
        link.Link.Start();
        Assert.Equal(new ConnectionStateChange(ConnectionState.Connecting, null, null), await link.States.NextAsync());
        Assert.Equal(new ConnectionStateChange(ConnectionState.Connecting, failure, Half),
            await link.States.NextAsync());
        await link.Connector.NextAsync();
        link.Time.Advance(Half);
        Assert.Equal(new ConnectionStateChange(ConnectionState.Connected, null, null), await link.States.NextAsync());
        var loss = new ChatDisconnectedException("gone");
        link.Time.Advance(TimeSpan.FromMinutes(1));
        (await link.Connector.NextAsync()).Lose(loss);
        Assert.Equal(new ConnectionStateChange(ConnectionState.Reconnecting, loss, Half),
            await link.States.NextAsync());
        link.Time.Advance(Half);
        Assert.Equal(ConnectionState.Connected, (await link.States.NextAsync()).State);
        await link.Link.StopAsync();
        Assert.Equal(new ConnectionStateChange(ConnectionState.Stopped, null, null), await link.States.NextAsync());
        await link.Link.DisposeAsync();
        Assert.True(link.States.Completed);
    }

    [Fact]
    public async Task Who_subscribes_late_gets_the_current_state_and_a_failing_observer_harms_nobody()
    {
        await using var link = new LinkHarness();
        using var bad = link.Link.Changes.Subscribe(new FailingObserver());
        await link.ConnectedAsync();
        var late = new RecordedStates();
        using (link.Link.Changes.Subscribe(late))
            Assert.Equal(ConnectionState.Connected, (await late.NextAsync()).State);
        await link.Link.StopAsync();
        Assert.Equal(ConnectionState.Stopped, (await link.States.NextAsync()).State);
        Assert.True(late.IsEmpty);
    }

    [Fact]
    public async Task A_loss_ends_the_session_and_the_next_one_has_the_next_number()
    {
        await using var link = new LinkHarness();
        var first = await link.ConnectedAsync();
        var session = await link.SessionAsync();
        var ended = EndOf(session);
        first.Lose();
        await ended;
        await first.Disposed;
        Assert.Null(link.Link.Current);
        var waiting = link.SessionAsync();
        Assert.False(waiting.IsCompleted);
        await link.PassWaitAsync();
        Assert.Equal(2, (await waiting).Number);
    }

    [Fact]
    public async Task Backoff_begins_anew_after_a_connection_that_lasted_and_not_after_one_that_did_not()
    {
        await using var link = new LinkHarness();
        var connection = await link.ConnectedAsync();
        double[] waits = [0.5, 1, 2];
        foreach (var wait in waits)
        {
            connection.Lose(); // at once
            Assert.Equal(TimeSpan.FromSeconds(wait), await link.PassWaitAsync());
            connection = await link.Connector.NextAsync();
            await link.States.UntilAsync(ConnectionState.Connected);
        }
        link.Time.Advance(TimeSpan.FromSeconds(5));
        connection.Lose();
        Assert.Equal(Half, await link.PassWaitAsync());
    }

    [Fact]
    public async Task It_gives_up_after_the_attempts_that_were_allowed_and_may_be_started_again()
    {
        await using var link =
            new LinkHarness(options => options with { Reconnect = new ReconnectOptions { MaxAttempts = 3 } });
        var last = Refused(HttpStatusCode.BadGateway);
        link.Connector.Answer(Refused(HttpStatusCode.BadGateway), Refused(HttpStatusCode.BadGateway), last);
        var waiting = link.Link.SessionAsync(CancellationToken.None).AsTask();
        link.Link.Start();
        await link.PassWaitAsync();
        await link.PassWaitAsync();
        Assert.Same(last, (await link.States.UntilAsync(ConnectionState.Failed)).Reason);
        Assert.Same(last,
            (await Assert.ThrowsAsync<ChatConnectException>(() => waiting.WaitAsync(Bounds.Wait))).InnerException);
        await Assert.ThrowsAsync<ChatConnectException>(
            async () => await link.Link.SessionAsync(CancellationToken.None));
        link.Link.Start();
        Assert.Equal(1, (await link.SessionAsync()).Number);
    }

    [Fact]
    public async Task Without_reconnecting_the_first_loss_is_the_end()
    {
        await using var link = new LinkHarness(options => options with { Reconnect = null });
        var connection = await link.ConnectedAsync();
        connection.Lose();
        Assert.IsType<ChatDisconnectedException>((await link.States.UntilAsync(ConnectionState.Failed)).Reason);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_refusal_of_this_client_is_final_where_no_token_can_change(HttpStatusCode status)
    {
        await using var link = new LinkHarness();
        link.Connector.Answer(RefusedByServer(status));
        link.Link.Start();
        Assert.Equal(status,
            Assert.IsType<ChatConnectException>((await link.States.UntilAsync(ConnectionState.Failed)).Reason).Status);
        Assert.Equal(1, link.Connector.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)] // of a proxy, like the next two: the server's own are told apart
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Other_answers_may_get_better(HttpStatusCode status)
    {
        await using var link = new LinkHarness();
        link.Connector.Answer(Refused(status));
        link.Link.Start();
        await link.PassWaitAsync();
        await link.SessionAsync();
    }

    [Fact]
    public async Task What_the_application_does_while_connecting_may_hang_where_it_stands()
    {
        using var held = new ManualResetEventSlim();
        await using var link = new LinkHarness();
        link.Connector.BeforeOpening = () => held.Wait(Bounds.Wait);
        link.Link.Start();
        await link.Connector.NextAsync();
        await link.WaitsForAsync(2 * link.Options.ConnectTimeout);
        link.Connector.BeforeOpening = null;
        link.Time.Advance(2 * link.Options.ConnectTimeout);
        await link.PassWaitAsync();
        await link.SessionAsync();
        held.Set();
    }

    [Fact]
    public async Task An_observer_that_hangs_holds_up_neither_the_link_nor_other_observers()
    {
        using var held = new ManualResetEventSlim();
        await using var link = new LinkHarness();
        var connection = await link.ConnectedAsync();
        using var hanging = link.Link.Changes.Subscribe(new HangingObserver(held));
        connection.Lose();
        await link.PassWaitAsync();
        await link.SessionAsync();
        held.Set();
    }

    [Fact]
    public async Task One_transport_that_a_proxy_forbids_is_not_a_refusal_by_the_server()
    {
        await using var link = new LinkHarness();
        link.Connector.Answer(new ChatConnectException("none", new AggregateException(
            new HttpRequestException("no sockets here", null, HttpStatusCode.Forbidden),
            new HttpRequestException("no answer"))));
        link.Link.Start();
        await link.PassWaitAsync();
        await link.SessionAsync();
    }

    [Fact]
    public async Task With_a_token_provider_a_401_of_a_proxy_is_tried_once_more_at_once_and_then_with_backoff()
    {
        await using var link =
            new LinkHarness(options => options with
            {
                AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>("t"),
            });
        link.Connector.Answer([.. Enumerable.Repeat(Refused(HttpStatusCode.Unauthorized), 5)]);
        link.Link.Start();
        Assert.Equal(Half, await link.PassWaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(1), await link.PassWaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(2), await link.PassWaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(4), await link.PassWaitAsync());
        await link.SessionAsync();
        Assert.Equal(6, link.Connector.Count);
    }

    [Theory]
    [InlineData(4499, ConnectionState.Reconnecting)]
    [InlineData(4500, ConnectionState.Failed)]
    [InlineData(4999, ConnectionState.Failed)]
    [InlineData(5000, ConnectionState.Reconnecting)]
    public async Task The_close_code_says_whether_to_come_back(int code, ConnectionState next)
    {
        await using var link = new LinkHarness();
        var connection = await link.ConnectedAsync();
        connection.Lose(new ChatDisconnectedException("closed", null, code));
        Assert.Equal(next, (await link.States.NextAsync()).State);
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_after_twice_the_connect_timeout()
    {
        await using var link = new LinkHarness();
        link.Connector.Hold = true;
        link.Link.Start();
        var first = await link.Connector.NextAsync();
        await link.States.UntilAsync(ConnectionState.Connecting);
        link.Time.Advance(2 * link.Options.ConnectTimeout);
        Assert.IsType<ChatConnectException>((await link.States.NextAsync()).Reason);
        await first.Disposed;
    }

    [Fact]
    public async Task Stopping_ends_an_attempt_that_hangs_and_a_wait_and_starting_begins_anew()
    {
        await using var link = new LinkHarness();
        link.Connector.Hold = true;
        link.Link.Start();
        var first = await link.Connector.NextAsync();
        await link.Link.StopAsync().WaitAsync(Bounds.Wait);
        await first.Disposed;
        link.Connector.Answer(Refused(HttpStatusCode.BadGateway));
        link.Link.Start();
        while ((await link.States.NextAsync()).NextAttemptIn is null) { }
        await link.Link.StopAsync().WaitAsync(Bounds.Wait);
        link.Connector.Hold = false;
        link.Link.Start();
        Assert.Equal(1, (await link.SessionAsync()).Number);
    }

    [Fact]
    public async Task Who_waits_for_a_session_is_told_when_the_client_is_disposed_or_gives_up_by_the_token()
    {
        var link = new LinkHarness();
        link.Connector.Hold = true;
        link.Link.Start();
        using var impatience = new CancellationTokenSource();
        var cancelled = link.Link.SessionAsync(impatience.Token).AsTask();
        var waiting = link.Link.SessionAsync(CancellationToken.None).AsTask();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await link.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Bounds.Wait));
        Assert.Throws<ObjectDisposedException>(link.Link.Start);
    }

    internal static ChatConnectException Refused(HttpStatusCode status) =>
        new("no", new HttpRequestException("no", null, status));

    internal static ChatConnectException RefusedByServer(HttpStatusCode status) =>
        new("no", new ServerRefusal("no", status));

    internal static async Task EndOf(LinkSession session)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = session.Ended.Register(ended.SetResult);
        await ended.Task.WaitAsync(Bounds.Wait);
    }

    private sealed class FailingObserver : IObserver<ConnectionStateChange>
    {
        public void OnNext(ConnectionStateChange value) => throw new InvalidOperationException("an observer's fault");

        public void OnCompleted() => throw new InvalidOperationException("an observer's fault");

        public void OnError(Exception error) { }
    }

    /// <summary>Hangs at the first bad news.</summary>
    private sealed class HangingObserver(ManualResetEventSlim held) : IObserver<ConnectionStateChange>
    {
        public void OnNext(ConnectionStateChange value)
        {
            if (value.State != ConnectionState.Connected) held.Wait(Bounds.Wait);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    /// <summary>A console that nobody reads.</summary>
    private sealed class HangingLog(ManualResetEventSlim held) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => held.Wait(Bounds.Wait);

        public void Dispose() { }
    }

    /// <summary>A log whose disk is full.</summary>
    private sealed class FullLog : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw Full();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => throw Full();

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => throw Full();

        public void Dispose() { }

        private static IOException Full() => new("disk full");
    }
}
