using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.ClientSdk.Reading;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>The sources of a view's changes: entries, signals, the outbox.</summary>
public sealed partial class ConversationView : IFeedObserver
{
    // A bound per call, for logs with few messages among many other entries.
    private const int MostPages = 20;

    private readonly List<PresenceChange> _presenceMeanwhile = [];
    private int _presenceAsked;
    private long _refreshed;

    private UserId? Own => _options.UserId;

    void IFeedObserver.OnJoined(LinkSession session)
    {
        // Called twice per session when the observer was added while the conversation was being joined.
        if (Interlocked.Exchange(ref _refreshed, session.Number) == session.Number) return;
        _typing.Clear();
        _ = RefreshAsync(session); // failures are logged there
    }

    void IFeedObserver.OnPush(Push push)
    {
        switch (push)
        {
            case Push.Typing { Change: var change }:
                _typing.Set(change.UserId, change.IsTyping);
                break;
            case Push.ReadOn { Position: var position }:
                Update(state => state.WithReadPosition(position.UserId, position.Sequence, Own));
                break;
            case Push.OwnReactions { Change: var change }:
                Update(state => state.WithOwnReactions(change.TargetSequence, change.Keys, Own));
                break;
            case Push.Presence { Change: var change }:
                Update(state =>
                {
                    if (_presenceAsked > 0) _presenceMeanwhile.Add(change);
                    return state.WithPresence(change);
                });
                break;
        }
    }

    /// <summary>Signals are not in the log, so their state is requested again in every session.</summary>
    private async Task RefreshAsync(LinkSession session)
    {
        try
        {
            await _feeds.Signals.WaitAsync(_stop.Token).ConfigureAwait(false);
            try
            {
                var positions = await session.Hub.ReadPositions(ConversationId).ConfigureAwait(false);
                Update(state => WithPositions(state, positions));
                if (_options.WatchPresence) await RefreshPresenceAsync(session).ConfigureAwait(false);
            }
            finally
            {
                _feeds.Signals.Release();
            }
        }
        catch (Exception ex) when (ex is ChatException or OperationCanceledException or ObjectDisposedException)
        {
            // The next session asks again.
            Log.SignalsUnknown(_logger, ex, ConversationId.ToString());
        }
    }

    private ViewState WithPositions(ViewState state, IReadOnlyList<ReadPosition> positions)
    {
        foreach (var position in positions) state = state.WithReadPosition(position.UserId, position.Sequence, Own);
        return Own is null ? state : state.WithOwnReadPosition(0, Own); // users who are not listed have read nothing
    }

    private async Task RefreshPresenceAsync(LinkSession session)
    {
        lock (_gate)
            if (_presenceAsked++ == 0) _presenceMeanwhile.Clear();
        try
        {
            var snapshot = await session.Hub.GetPresence(ConversationId).ConfigureAwait(false);
            // A change may overtake the answer; it is then newer or the same.
            Update(
                state => _presenceMeanwhile.Aggregate(state.WithPresence(snapshot),
                    (with, change) => with.WithPresence(change)));
        }
        finally
        {
            lock (_gate) _presenceAsked--;
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            while (await _reader.NextAsync(_stop.Token).ConfigureAwait(false) is { } entries) Apply(entries);
            Update(state => state with { IsEnded = true });
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // NOTE: the view was disposed.
        }
        catch (Exception ex)
        {
            Update(state => state with { IsEnded = true, Failure = ex });
        }
    }

    private void Apply(IReadOnlyList<ConversationEntry> entries)
    {
        Update(state =>
        {
            if (Own is { } own) state = state.WithOwnReactions(entries, own);
            return WithPending(state.WithConversation(state.Conversation.Apply(entries).TrimTo(_limit), Own));
        }, aside: false);
        // A user who sends has stopped typing, even if the server's signal is lost.
        foreach (var entry in entries)
            if (entry is MessageEntry) _typing.Set(entry.SenderId, isTyping: false);
    }

    /// <summary>It is read when the view is read, because thousands of messages sent in a row are thousands of changes
    /// of a long list.</summary>
    private void OnPending()
    {
        Interlocked.Increment(ref _pendingChanges);
        _events.Signal(aside: true);
    }

    private void TakePending()
    {
        lock (_gate)
        {
            var changes = Volatile.Read(ref _pendingChanges); // first: later changes set it again
            Volatile.Write(ref _state, WithPending(_state));
            Volatile.Write(ref _pendingTaken, changes); // last: readers meanwhile wait for this one
        }
    }

    private ViewState WithPending(ViewState state)
    {
        if (_waiting is null) return state;
        List<OptimisticMessage> told = [];
        var waiting = _waiting.After(state.Conversation.Last, one =>
        {
            if (!state.Conversation.HasTold(one)) return false;
            told.Add(one);
            return true;
        });
        told.Reverse(); // they were asked about from the newest on, and the newest counts
        // Entries that tell of very many name nobody: then the receipt says what is the user's own.
        foreach (var one in told)
            if (one is { Stored: { } receipt, Change.TargetSequence: { } target }
                && !state.Conversation.Names(target, Own))
                state = state.WithOwnReactions(target, receipt.Keys, Own);
        return state.WithPending(waiting, Own);
    }

    /// <param name="change">What changes.</param>
    /// <param name="aside">The thread is needed elsewhere: it does not wait for the application's context.</param>
    private void Update(Func<ViewState, ViewState> change, bool aside = true)
    {
        lock (_gate)
        {
            var next = change(_state);
            if (ReferenceEquals(next, _state)) return;
            Volatile.Write(ref _state, next);
        }
        _events.Signal(aside);
    }
}
