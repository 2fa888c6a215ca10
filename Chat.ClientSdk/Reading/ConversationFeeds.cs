using System.Collections.Concurrent;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Reading;

/// <summary>The feeds of a client: one per conversation, while it is read and a little longer. All are joined again in
/// every session.</summary>
internal sealed class ConversationFeeds : IAsyncDisposable
{
    private const int CallsAtOnce = 16;

    private readonly ConcurrentDictionary<ConversationId, ConversationFeed> _feeds = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IChatLink _link;
    private readonly IDisposable _listening;
    private readonly Lock _gate = new();
    private Task _following = Task.CompletedTask;
    private LinkSession? _session;

    public ConversationFeeds(IChatLink link, ReadingOptions options, TimeProvider time, ILogger logger)
    {
        (_link, Options, Time) = (link, options, time);
        Discontinuities = new Discontinuities(logger);
        Calls = new PatientCalls(link, time);
        Stopping = _stop.Token;
        _listening = link.Listen(Receive);
    }

    public ReadingOptions Options { get; }

    public TimeProvider Time { get; }

    public PatientCalls Calls { get; }

    public Discontinuities Discontinuities { get; }

    /// <summary>One place per concurrent join.</summary>
    public SemaphoreSlim Joins { get; } = new(CallsAtOnce, CallsAtOnce);

    /// <summary>Feeds that could not join, because the connection has joined as many conversations as
    /// allowed.</summary>
    public WaitingFeeds Waiting { get; } = new();

    /// <summary>One place per view that requests read positions and presence, so that these do not delay
    /// joins.</summary>
    public SemaphoreSlim Signals { get; } = new(CallsAtOnce, CallsAtOnce);

    /// <summary>Cancelled when the client is disposed.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>The session that there is, or null.</summary>
    public LinkSession? Session =>
        Volatile.Read(ref _session) is { Ended.IsCancellationRequested: false } session ? session : null;

    public int Count => _feeds.Count;

    /// <summary>A new reader of the conversation; it begins at the first request.</summary>
    /// <param name="conversation">The conversation.</param> <param name="after">The cursor; null for the newest
    /// sequence when it begins.</param> <param name="savedIn">The generation in which the cursor was saved; null: it
    /// begins now.</param>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public FeedReader Open(ConversationId conversation, long? after, string? savedIn = null)
    {
        while (true)
        {
            ClientDisposed.ThrowIf(Stopping.IsCancellationRequested);
            var feed = _feeds.GetOrAdd(conversation, static (id, self) => new ConversationFeed(id, self), this);
            Follow();
            var reader = new FeedReader(feed, after) { SavedIn = savedIn };
            if (feed.TryAttach(reader)) return reader;
            Forget(feed);
        }
    }

    public void Forget(ConversationFeed feed) => _feeds.TryRemove(KeyValuePair.Create(feed.Conversation, feed));

    public async ValueTask DisposeAsync()
    {
        Task following;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested) return;
            _stop.Cancel();
            following = _following;
        }
        _listening.Dispose();
        await following.ConfigureAwait(false);
        EndAll(ClientDisposed.New());
    }

    // Nothing here waits: it is the receiving path.
    private void Receive(Push push)
    {
        if (push is Push.Listed { Change: var change }) Waiting.Take(change);
        if (push.Conversation is not { } conversation || !_feeds.TryGetValue(conversation, out var feed)) return;
        // The server has already left the conversation: a reader that is opened later joins it, if allowed.
        if (push is Push.Closed) Forget(feed);
        feed.Receive(push);
    }

    /// <summary>Ensures that a loop waits for sessions.</summary>
    private void Follow()
    {
        if (!Volatile.Read(ref _following).IsCompleted) return;
        lock (_gate)
            if (_following.IsCompleted && !_stop.IsCancellationRequested)
                Volatile.Write(ref _following, Task.Run(FollowAsync));
    }

    /// <summary>Makes every feed join in every session.</summary>
    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                var session = await _link.SessionAsync(Stopping).ConfigureAwait(false);
                Volatile.Write(ref _session, session);
                foreach (var feed in _feeds.Values) feed.Check();
                await session.WaitForEndAsync(Stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            // NOTE: the client is disposed, which ends the feeds.
        }
        catch (Exception ex)
        {
            // The client gave up. A reader that is opened later tries again.
            EndAll(ex);
        }
    }

    private void EndAll(Exception reason)
    {
        foreach (var feed in _feeds.Values)
        {
            feed.End(reason);
            Forget(feed);
        }
    }
}
