using System.Runtime.ExceptionServices;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Reading;

/// <summary>What a reader is to do next.</summary>
internal enum FeedStep
{
    /// <summary>It was given entries.</summary>
    Take,

    /// <summary>Memory does not reach back to its cursor: read a page of history.</summary>
    ReadPage,

    /// <summary>It has seen everything there is.</summary>
    Sleep,

    /// <summary>It has seen everything there will be.</summary>
    End,
}

/// <summary>The client's end of one conversation's log: the newest entries in memory, and who reads them. Readers are
/// cursors, not queues.</summary>
/// <remarks>The ring ends at the newest sequence that the server has told of. An entry that comes after a hole empties
/// it and begins anew, a repeat is dropped: whoever has not seen what the ring lacks reads it from history. So nothing
/// that a connection may lose, repeat or mix up reaches a reader.</remarks>
internal sealed class ConversationFeed
{
    private static readonly ChatError Removed = new(ChatErrorCode.Forbidden,
        "you are no longer a participant of this conversation");

    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), Least: 0.5);

    private readonly Lock _gate = new();
    private readonly ReadingOptions _options;
    private readonly List<FeedReader> _readers = [];
    private readonly FeedMembership _membership;
    private readonly TimeProvider _time;
    private readonly Discontinuities _discontinuities;
    private IFeedObserver[] _observers = [];
    private string _generation = "";
    private EntryRing? _ring;
    private Exception? _failure;
    private ITimer? _linger;
    private bool _ended;
    private bool _retired;

    public ConversationFeed(ConversationId conversation, ConversationFeeds feeds)
    {
        Conversation = conversation;
        (_options, _time, Calls) = (feeds.Options, feeds.Time, feeds.Calls);
        _discontinuities = feeds.Discontinuities;
        _membership = new FeedMembership(this, feeds);
    }

    public ConversationId Conversation { get; }

    public PatientCalls Calls { get; }

    public int PageSize => _options.PageSize;

    /// <summary>Whether the server should show the conversation to this client.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_gate) return !_ended && (_readers.Count > 0 || _linger is not null);
        }
    }

    /// <summary>Whether it has ended: readers only get what is in memory.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate) return _ended;
        }
    }

    /// <summary>The newest sequence, or null while the server has not told it.</summary>
    /// <exception cref="Exception">What ended the feed before that.</exception>
    public long? Head
    {
        get
        {
            lock (_gate)
            {
                if (_ring is null && _ended) throw _failure ?? new ChatRefusedException(Removed);
                return _ring?.Head;
            }
        }
    }

    /// <summary>Names the log that is being read; empty while the server has not told it.</summary>
    public string Generation
    {
        get
        {
            lock (_gate) return _generation;
        }
    }

    /// <summary>False when the feed is over, and another has to be got.</summary>
    public bool TryAttach(FeedReader reader)
    {
        lock (_gate)
        {
            if (_ended || _retired) return false;
            _readers.Add(reader);
            _linger?.Dispose();
            _linger = null;
        }
        _membership.Check();
        return true;
    }

    public void Detach(FeedReader reader)
    {
        lock (_gate)
        {
            if (!_readers.Remove(reader) || _readers.Count > 0 || _ended) return;
            // From here on the timer's callback is what lets go of the conversation.
            _linger = _time.CreateTimer(static feed => ((ConversationFeed)feed!).StopLingering(), this, _options.Linger,
                Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Has the observer told what happens, until what is returned is disposed.</summary>
    public IDisposable Observe(IFeedObserver observer)
    {
        lock (_gate) _observers = [.. _observers, observer];
        _membership.TellIfJoined(observer);
        return new Observation(this, observer);
    }

    /// <summary>The reader's next step; for <see cref="FeedStep.Take"/> with the entries after its cursor.</summary>
    /// <exception cref="Exception">What ended the feed, once the reader has seen everything before that.</exception>
    public FeedStep Next(long cursor, out ConversationEntry[] entries)
    {
        entries = [];
        lock (_gate)
        {
            if (_ring is not null && cursor < _ring.Head)
            {
                if (cursor + 1 < _ring.First) return FeedStep.ReadPage;
                entries = _ring.Take(cursor + 1, _options.PageSize);
                return FeedStep.Take;
            }
            if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
            return _ended ? FeedStep.End : FeedStep.Sleep;
        }
    }

    /// <summary>Whether memory does not reach back to this cursor.</summary>
    public bool NeedsPage(long cursor)
    {
        lock (_gate) return _ring is not null && cursor + 1 < _ring.First;
    }

    /// <summary>Takes what the server pushed about the conversation.</summary>
    public void Receive(Push push)
    {
        switch (push)
        {
            case Push.Entry entry:
                Accept(entry.Value);
                break;
            case Push.Closed:
                End(failure: null);
                break;
            case Push.Generation:
                _membership.JoinAgain();
                break;
            default:
                foreach (var observer in Volatile.Read(ref _observers)) observer.OnPush(push);
                break;
        }
    }

    /// <summary>Takes an entry, whether it is the next one or not.</summary>
    private void Accept(ConversationEntry entry)
    {
        lock (_gate)
        {
            if (_ended) return;
            _ring ??= NewRing(entry.Sequence - 1);
            if (_ring.Accept(entry)) WakeReaders();
        }
    }

    /// <summary>The conversation is joined: what comes after this sequence will be pushed.</summary>
    public void OnJoined(LinkSession session, JoinResult place)
    {
        IFeedObserver[] observers;
        var after = place.AfterSequence;
        lock (_gate)
        {
            if (place.Generation.Length > 0) _generation = place.Generation;
            if (_ring is null) _ring = NewRing(after);
            else if (after > _ring.Head) _ring.MoveTo(after);
            observers = _observers;
            WakeReaders();
        }
        foreach (var observer in observers) observer.OnJoined(session);
    }

    /// <summary>The log goes so far, as the server says, without pushing the entries: readers get them from
    /// history.</summary>
    public void OnSeen(long head, string generation = "")
    {
        lock (_gate)
        {
            if (_ended) return;
            if (generation.Length > 0) _generation = generation;
            if (_ring is null) _ring = NewRing(head);
            else if (head > _ring.Head) _ring.MoveTo(head);
            else return;
            WakeReaders();
        }
    }

    /// <summary>Whether the log was put back since it was joined.</summary>
    public bool IsOther(JoinResult place)
    {
        lock (_gate)
            return _generation.Length > 0 && place.Generation.Length > 0 && _generation != place.Generation;
    }

    /// <summary>The log was put back: each reader looks whether it has given out what is there no more.</summary>
    /// <param name="place">Where it goes on.</param>
    /// <param name="page">The end of the log, as far as anything of it may have been read.</param>
    public void Restart(JoinResult place, HistoryPage page)
    {
        lock (_gate)
        {
            _generation = place.Generation;
            _ring = NewRing(place.AfterSequence);
            foreach (var reader in _readers) reader.Compare(page);
            WakeReaders();
        }
    }

    /// <summary>A reader has given out what is there no more.</summary>
    public void TellDiscontinuity(long after) => _discontinuities.Tell(new LogDiscontinuity(Conversation, after));

    /// <summary>There will be no more: the user was removed (null), or what went wrong. Readers still get what is in
    /// memory.</summary>
    public void End(Exception? failure)
    {
        lock (_gate)
        {
            if (_ended) return;
            (_ended, _failure) = (true, failure);
            _linger?.Dispose();
            _linger = null;
            WakeReaders();
        }
    }

    /// <summary>Closes the feed when nobody wants it.</summary>
    public bool TryRetire()
    {
        lock (_gate) return _retired = _ended || (_readers.Count == 0 && _linger is null);
    }

    /// <summary>Waits a moment before history is asked again, longer each time.</summary>
    public Task PauseAsync(int times, CancellationToken ct) => Task.Delay(Pauses.Next(times), _time, ct);

    /// <summary>A new session: joins again.</summary>
    public void Check() => _membership.Check();

    private EntryRing NewRing(long head) => new(head, _options.KeepEntries, _options.KeepBytes);

    private void WakeReaders()
    {
        foreach (var reader in _readers) reader.Wake();
    }

    private void StopLingering()
    {
        lock (_gate)
        {
            if (_linger is null) return; // somebody came back while the timer fired
            _linger.Dispose();
            _linger = null;
        }
        _membership.Check();
    }

    private sealed class Observation(ConversationFeed feed, IFeedObserver observer) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._gate) feed._observers = [.. feed._observers.Where(other => other != observer)];
        }
    }
}
