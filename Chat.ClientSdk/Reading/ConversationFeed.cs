using System.Runtime.ExceptionServices;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Reading;

/// <summary>The client's end of one conversation's log: the newest entries in memory, and its readers. Readers are
/// cursors, not queues.</summary>
/// <remarks>The ring ends at the newest sequence that the server has reported. An entry after a hole empties the ring
/// and starts it again; a repeated entry is dropped. Readers get what the ring lacks from history. So an entry that a
/// connection loses, repeats or reorders never disturbs a reader.</remarks>
internal sealed partial class ConversationFeed
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

    /// <summary>Whether the feed has ended: readers only get what is in memory.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate) return _ended;
        }
    }

    /// <summary>The newest sequence, or null while it is not known.</summary>
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

    /// <summary>The generation of the log that is being read; empty while it is not known.</summary>
    public string Generation
    {
        get
        {
            lock (_gate) return _generation;
        }
    }

    /// <summary>False when the feed has ended and another one must be obtained.</summary>
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
            // From here on the timer's callback releases the conversation.
            _linger = _time.CreateTimer(static feed => ((ConversationFeed)feed!).StopLingering(), this, _options.Linger,
                Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Notifies the observer until the result is disposed.</summary>
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

    /// <summary>A reader has returned entries that no longer exist.</summary>
    public void TellDiscontinuity(long after) => _discontinuities.Tell(new LogDiscontinuity(Conversation, after));

    /// <summary>Ends the feed, because the user was removed (null) or with a failure. Readers still get what is in
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

    /// <summary>Closes the feed when it is not used.</summary>
    public bool TryRetire()
    {
        lock (_gate) return _retired = _ended || (_readers.Count == 0 && _linger is null);
    }

    /// <summary>Waits before history is read again, longer each time.</summary>
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
            if (_linger is null) return; // a reader came back while the timer fired
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
