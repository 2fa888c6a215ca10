using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Reading;

/// <summary>Joins and leaves one conversation as its feed requires, in the current session: one call at a time, so that
/// the last call decides.</summary>
internal sealed class FeedMembership(ConversationFeed feed, ConversationFeeds feeds)
{
    /// <summary>Interval of reading the head of a conversation that could not be joined: changes of the list report
    /// most of it earlier.</summary>
    private static readonly Backoff Looks = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1), Least: 0.5);

    private readonly Lock _gate = new();
    private LinkSession? _joined;
    private bool _running;
    private bool _again;
    private bool _joinsAgain;
    private TaskCompletionSource? _turn; // while it waits for a place

    /// <summary>The session changed, or whether the conversation is wanted.</summary>
    public void Check()
    {
        lock (_gate)
        {
            _again = true;
            _turn?.TrySetResult();
            if (_running) return;
            _running = true;
        }
        _ = RunAsync(); // ends without being awaited; a failure ends the feed
    }

    /// <summary>The log was put back: asks the server where it continues.</summary>
    public void JoinAgain()
    {
        lock (_gate) _joinsAgain = true;
        Check();
    }

    /// <summary>Notifies an observer that was added after the conversation was joined.</summary>
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
                var failure = await StepAsync(session).ConfigureAwait(false);
                switch (failure)
                {
                    case null:
                        failures = 0;
                        break;
                    // Without a time to wait the connection has joined as many as it may; once may be haste.
                    case ChatRefusedException { Code: ChatErrorCode.RateLimited, RetryAfter: null }
                        when failures > 0 && feed.IsWanted:
                        await FollowAsync(session, failures++).ConfigureAwait(false);
                        break;
                    default:
                        await feeds.Calls.WaitAsync(failures++, session, failure, feeds.Stopping)
                            .ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (Exception ex)
        {
            // A refusal, or the end of the client.
            feed.End(ex is OperationCanceledException ? ClientDisposed.New() : ex);
            feeds.Forget(feed);
        }
    }

    /// <summary>The session in which a call is needed, or null when the state is as wanted.</summary>
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

    /// <returns>Why it failed for now; null: it succeeded.</returns>
    private async Task<ChatException?> StepAsync(LinkSession session)
    {
        try
        {
            if (feed.IsWanted) await JoinAsync(session).ConfigureAwait(false);
            else await LeaveAsync(session).ConfigureAwait(false);
            return null;
        }
        catch (ChatException ex) when (PatientCalls.MayPass(ex))
        {
            return ex;
        }
    }

    private async Task JoinAsync(LinkSession session)
    {
        // A limited number at a time: a client with thousands of conversations has other calls to make after a
        // reconnect.
        await feeds.Joins.WaitAsync(feeds.Stopping).ConfigureAwait(false);
        var isDone = false;
        lock (_gate) _joinsAgain = false; // before the call: later changes set it again
        try
        {
            // Without a cursor: readers have different cursors, and each reads what it missed from history.
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
        feeds.Waiting.PlaceFreed();
    }

    /// <summary>Without a place: reads the head of the log, then waits for a place or for the next interval.</summary>
    private async Task FollowAsync(LinkSession session, int failures)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _turn = turn;
        feeds.Waiting.Add(feed); // first: changes that come meanwhile count
        try
        {
            await LookAsync(session).ConfigureAwait(false);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(feeds.Stopping, session.Ended);
            await turn.Task.WaitAsync(Looks.Next(failures), feeds.Time, either.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (ChatException ex) when (PatientCalls.MayPass(ex))
        {
            await feeds.Calls.WaitAsync(failures, session, ex, feeds.Stopping).ConfigureAwait(false);
        }
        finally
        {
            feeds.Waiting.Remove(feed);
            lock (_gate) _turn = null;
        }
    }

    private async Task LookAsync(LinkSession session)
    {
        await feeds.Joins.WaitAsync(feeds.Stopping).ConfigureAwait(false);
        try
        {
            await feeds.Waiting.ListAsync(session).ConfigureAwait(false);
            var page = await session.Hub.History(feed.Conversation, new HistoryQuery { Limit = 1 })
                .ConfigureAwait(false);
            var place = new JoinResult(feed.Conversation, page.Head, page.Head, page.Generation);
            if (feed.IsOther(place)) await RestartAsync(session, place).ConfigureAwait(false);
            feed.OnSeen(place.Head, place.Generation);
        }
        finally
        {
            feeds.Joins.Release();
        }
    }
}
