using Chat.ClientSdk.Link;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Reading;

/// <summary>Joins and leaves one conversation, as its feed wants it in the session that there is: one call at a time,
/// so that the last one made is what holds.</summary>
internal sealed class FeedMembership(ConversationFeed feed, ConversationFeeds feeds)
{
    private readonly Lock _gate = new();
    private LinkSession? _joined;
    private bool _running;
    private bool _again;
    private bool _joinsAgain;

    /// <summary>Something changed: the session, or whether the conversation is wanted.</summary>
    public void Check()
    {
        lock (_gate)
        {
            _again = true;
            if (_running) return;
            _running = true;
        }
        _ = RunAsync(); // ends by itself; what goes wrong ends the feed
    }

    /// <summary>The log was put back: asks the server where it goes on.</summary>
    public void JoinAgain()
    {
        lock (_gate) _joinsAgain = true;
        Check();
    }

    /// <summary>Tells an observer that came after the conversation was joined.</summary>
    public void TellIfJoined(IFeedObserver observer)
    {
        LinkSession? joined;
        lock (_gate) joined = _joined;
        if (joined is { Ended.IsCancellationRequested: false }) observer.OnJoined(joined);
    }

    private async Task RunAsync()
    {
        try
        {
            var failures = 0;
            while (Next() is { } session)
            {
                if (await TryStepAsync(session).ConfigureAwait(false)) failures = 0;
                else await feeds.Calls.WaitAsync(failures++, session, feeds.Stopping).ConfigureAwait(false);
            }
        }
        catch (Exception ex)
        {
            // A refusal, or the end of the client.
            feed.End(ex is OperationCanceledException ? ClientDisposed.New() : ex);
            feeds.Forget(feed);
        }
    }

    /// <summary>The session in which something is to be done, or null when all is as wanted.</summary>
    private LinkSession? Next()
    {
        while (true)
        {
            lock (_gate) _again = false;
            var session = feeds.Session;
            var isJoined = session is not null && _joined?.Number == session.Number && !_joinsAgain;
            if (session is not null && !feed.IsOver && feed.IsWanted != isJoined) return session;
            if ((feed.IsOver || !isJoined) && feed.TryRetire()) feeds.Forget(feed);
            lock (_gate)
            {
                if (_again) continue;
                _running = false;
                return null;
            }
        }
    }

    /// <returns>False when it may succeed later.</returns>
    private async Task<bool> TryStepAsync(LinkSession session)
    {
        try
        {
            if (feed.IsWanted) await JoinAsync(session).ConfigureAwait(false);
            else await LeaveAsync(session).ConfigureAwait(false);
            return true;
        }
        catch (ChatException ex) when (PatientCalls.MayPass(ex))
        {
            return false;
        }
    }

    private async Task JoinAsync(LinkSession session)
    {
        // So many at a time: a client with thousands of conversations has other calls to make too when it comes back.
        await feeds.Joins.WaitAsync(feeds.Stopping).ConfigureAwait(false);
        var isDone = false;
        lock (_gate) _joinsAgain = false; // before the call: what is told from here on is another time
        try
        {
            // Without a cursor: readers have different ones, and each reads what it missed from history.
            var result = await session.Hub.Join(feed.Conversation).ConfigureAwait(false);
            if (feed.IsOther(result)) await RestartAsync(session, result).ConfigureAwait(false);
            lock (_gate) _joined = session;
            feed.OnJoined(session, result);
            isDone = true;
        }
        finally
        {
            if (!isDone) lock (_gate) _joinsAgain = true;
            feeds.Joins.Release();
        }
    }

    private async Task RestartAsync(LinkSession session, JoinResult place)
    {
        var query = new HistoryQuery { Before = feed.Head + 1, Limit = ChatLimits.HistoryPage };
        feed.Restart(place, await session.Hub.History(feed.Conversation, query).ConfigureAwait(false));
    }

    private async Task LeaveAsync(LinkSession session)
    {
        lock (_gate) (_joined, _joinsAgain) = (null, false);
        await session.Hub.Leave(feed.Conversation).ConfigureAwait(false);
    }
}
