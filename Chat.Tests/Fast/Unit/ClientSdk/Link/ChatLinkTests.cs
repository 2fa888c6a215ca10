using System.Net;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;

namespace Chat.Tests.Unit.ClientSdk.Link;

public sealed class ChatLinkTests
{
    private static readonly TimeSpan Half = TimeSpan.FromSeconds(0.5);

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
    public async Task A_wait_for_a_session_ends_when_the_client_is_disposed_or_its_token_is_cancelled()
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
}
