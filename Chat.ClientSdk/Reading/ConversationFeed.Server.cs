using System.Runtime.ExceptionServices;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Reading;

/// <content>What the server says of the log: joins, heads, pushed entries, a log that was put back.</content>
internal sealed partial class ConversationFeed
{
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
}
