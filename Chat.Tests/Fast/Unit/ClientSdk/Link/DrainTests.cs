using System.Net;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Unit.ClientSdk.Link;

/// <summary>A server that is about to stop asks its clients to connect again.</summary>
public sealed class DrainTests
{
    private static readonly ReconnectRequest Soon = new(5_000);

    [Fact]
    public async Task The_new_connection_is_made_before_the_old_one_ends_and_the_state_stays_connected()
    {
        await using var link = new LinkHarness();
        var old = await LastingAsync(link);
        var session = await link.SessionAsync();
        link.Connector.Hold = true;
        old.Push(new Push.Reconnect(Soon));
        var next = await link.Connector.NextAsync(); // at once: the clock stands still
        Assert.Same(session, link.Link.Current);
        var ended = ChatLinkTests.EndOf(session);
        Assert.False(old.IsDisposed);
        next.Answer(null);
        await ended;
        await old.Disposed;
        Assert.Equal(2, link.Link.Current!.Number);
        Assert.True(link.States.IsEmpty);
    }

    [Fact]
    public async Task Once_the_new_session_is_there_the_old_connection_shows_nothing_more()
    {
        await using var link = new LinkHarness();
        var heard = new Heard();
        using var listening = link.Link.Listen(heard.Take);
        var old = await LastingAsync(link);
        link.Connector.Hold = true;
        old.Push(new Push.Reconnect(Soon));
        var next = await link.Connector.NextAsync();
        old.Push(new Push.Entry(Message(1)));
        next.Push(new Push.Entry(Message(99))); // not the current one yet
        var ended = ChatLinkTests.EndOf(link.Link.Current!);
        next.Answer(null);
        await ended;
        old.Push(new Push.Entry(Message(2)));
        next.Push(new Push.Entry(Message(3)));
        Assert.Equal([1, 3], heard.Sequences);
    }

    [Fact]
    public async Task While_the_new_connection_fails_the_old_one_stays_in_use_until_it_is_cut()
    {
        await using var link = new LinkHarness();
        var old = await LastingAsync(link);
        var session = await link.SessionAsync();
        link.Connector.Answer(ChatLinkTests.Refused(HttpStatusCode.BadGateway));
        old.Push(new Push.Reconnect(Soon));
        await link.Connector.NextAsync(); // it fails, and the next one waits for the clock
        await link.WaitsForAsync(TimeSpan.FromSeconds(0.5));
        Assert.Same(session, link.Link.Current);
        old.Lose();
        Assert.Equal(ConnectionState.Reconnecting, (await link.States.NextAsync()).State);
        Assert.Null(link.Link.Current);
        link.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await link.SessionAsync()).Number);
    }

    [Fact]
    public async Task A_server_that_asks_again_and_again_is_not_answered_without_a_pause()
    {
        await using var link = new LinkHarness();
        var old = await LastingAsync(link);
        old.Push(new Push.Reconnect(Soon));
        var second = await link.Connector.NextAsync();
        await old.Disposed;
        second.Push(new Push.Reconnect(Soon)); // it has not lasted
        await link.WaitsForAsync(TimeSpan.FromSeconds(0.5));
        Assert.True(link.Connector.NoneWaiting);
        link.Time.Advance(TimeSpan.FromSeconds(0.5));
        await link.Connector.NextAsync();
        await second.Disposed;
    }

    [Fact]
    public async Task A_refusal_of_the_new_connection_counts_once_the_old_one_is_cut()
    {
        await using var link = new LinkHarness();
        var old = await LastingAsync(link);
        link.Connector.Answer(ChatLinkTests.RefusedByServer(HttpStatusCode.Forbidden));
        old.Push(new Push.Reconnect(Soon));
        await (await link.Connector.NextAsync()).Disposed;
        Assert.NotNull(link.Link.Current); // of use until then
        old.Lose();
        await link.States.UntilAsync(ConnectionState.Failed);
        Assert.Equal(2, link.Connector.Count);
    }

    [Fact]
    public async Task A_listener_that_fails_harms_no_other_and_one_that_left_hears_nothing()
    {
        await using var link = new LinkHarness();
        var (left, stays) = (new Heard(), new Heard());
        using var bad = link.Link.Listen(new Heard { Fails = true }.Take);
        var leaving = link.Link.Listen(left.Take);
        using var staying = link.Link.Listen(stays.Take);
        var connection = await link.ConnectedAsync();
        connection.Push(new Push.Entry(Message(1)));
        leaving.Dispose();
        connection.Push(new Push.Entry(Message(2)));
        Assert.Equal([1], left.Sequences);
        Assert.Equal([1, 2], stays.Sequences);
    }

    private static async Task<ScriptedConnection> LastingAsync(LinkHarness link)
    {
        var connection = await link.ConnectedAsync();
        link.Time.Advance(TimeSpan.FromMinutes(1));
        return connection;
    }

    internal static MessageEntry Message(long sequence) => new()
    {
        Id = new MessageId(Guid.NewGuid()), ConversationId = ConversationId.Lobby, Sequence = sequence,
        SenderId = UserId.Parse("ann"), CreatedAt = default, Body = "hi",
    };

    private sealed class Heard
    {
        public List<long> Sequences { get; } = [];

        public bool Fails { get; init; }

        public void Take(Push push)
        {
            if (Fails) throw new InvalidOperationException("a listener's fault");
            if (push is Push.Entry { Value: var entry }) Sequences.Add(entry.Sequence);
        }
    }
}
