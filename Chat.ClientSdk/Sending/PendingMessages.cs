using Chat.ClientSdk.Views;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Sending;

/// <summary>Messages, and changes of messages, that are queued, under way or failed, so that a screen can show them
/// before the server has them.</summary>
/// <remarks>All members are thread-safe.</remarks>
public sealed class PendingMessages : IPendingMessages
{
    private readonly Lock _gate; // the outbox's
    private readonly Dictionary<ConversationId, LinkedList<PendingMessage>> _conversations = [];
    private PendingList[] _lists = []; // replaced when it changes
    private readonly List<(Action<PendingMessage> Listener, AsideLatest<PendingMessage, PendingMessage> Aside)>
        _listeners = []; // also the lock for it
    private readonly Action<Exception> _onFault;
    private long _first;
    private long _last;

    /// <param name="gate">The outbox's.</param>
    /// <param name="onFault">Gets the exceptions of listeners.</param>
    internal PendingMessages(Lock gate, Action<Exception> onFault) => (_gate, _onFault) = (gate, onFault);

    /// <summary>A message was added or changed its state; <see cref="PendingMessage.State"/> is the new one. A listener
    /// gets one call at a time, on a pool thread, and blocks nothing else; its exceptions are logged. States may change
    /// faster than they are reported: a state may be reported twice or skipped, but the last one is always
    /// reported.</summary>
    public event Action<PendingMessage>? Changed
    {
        add
        {
            if (value is null) return;
            lock (_listeners) _listeners.Add((value, new(message => Tell(value, message))));
        }
        remove
        {
            lock (_listeners)
                if (_listeners.FindLastIndex(known => known.Listener == value) is >= 0 and var index)
                    _listeners.RemoveAt(index);
        }
    }

    /// <summary>All of one conversation, in the order of the calls.</summary>
    public IReadOnlyList<PendingMessage> In(ConversationId conversation)
    {
        lock (_gate) return _conversations.TryGetValue(conversation, out var messages) ? [.. messages] : [];
    }

    /// <summary>All of all conversations, each in the order of the calls.</summary>
    public IReadOnlyList<PendingMessage> All()
    {
        lock (_gate) return [.. _conversations.Values.SelectMany(messages => messages)];
    }

    IPendingList IPendingMessages.Open(ConversationId conversation, Action changed)
    {
        var list = new PendingList(this, conversation, changed);
        lock (_gate) _lists = [.. _lists, list];
        return list;
    }

    internal void Show_NeedsLock(PendingMessage message)
    {
        message.Order = ++_last;
        message.Shown = Of(message.Conversation).AddLast(message);
    }

    /// <summary>From an earlier run: before the messages of this client.</summary>
    internal void ShowFirst_NeedsLock(IReadOnlyList<PendingMessage> messages)
    {
        foreach (var message in messages.Reverse())
        {
            message.Order = --_first;
            message.Shown = Of(message.Conversation).AddFirst(message);
        }
    }

    /// <param name="message">No longer pending.</param>
    /// <param name="storedAt">Its sequence when it was stored: lists keep showing the message until its entry
    /// comes.</param>
    internal void Hide_NeedsLock(PendingMessage message, long? storedAt = null)
    {
        if (message.Shown is not { List: { } messages } node) return;
        if (storedAt is { } sequence)
            foreach (var list in _lists) list.Keep_NeedsLock(message, sequence);
        message.Shown = null;
        messages.Remove(node);
        if (messages.Count == 0) _conversations.Remove(message.Conversation);
    }

    internal void Tell(PendingMessage message)
    {
        foreach (var list in Volatile.Read(ref _lists)) list.OnChanged(message);
        lock (_listeners)
            foreach (var (_, aside) in _listeners) aside.Add(message, message);
    }

    private void Tell(Action<PendingMessage> listener, PendingMessage message)
    {
        try
        {
            listener(message);
        }
        catch (Exception e) // the application's
        {
            _onFault(e);
        }
    }

    private LinkedList<PendingMessage> Of(ConversationId conversation)
    {
        if (!_conversations.TryGetValue(conversation, out var messages))
            _conversations.Add(conversation, messages = []);
        return messages;
    }

    private static bool IsAsNow(OptimisticMessage known, PendingMessage message) =>
        known.Failure == message.Failure && known.AcceptedAt == message.CreatedAt
        && ReferenceEquals(known.Change, message.Change);

    private static OptimisticMessage Show(PendingMessage message, long? sequence) =>
        new(message.Conversation, message.Key, message.Body, message.Options, message.CreatedAt, message.Failure,
            sequence) { Change = message.Change, Stored = message.ReactionReceipt };

    /// <summary>See <see cref="IPendingList"/>. Guarded by the lock of its owner.</summary>
    private sealed class PendingList(PendingMessages owner, ConversationId conversation, Action changed) : IPendingList
    {
        // In their own order: receipts come in any order.
        private readonly SortedList<long, OptimisticMessage> _stored = [];

        public IReadOnlyList<OptimisticMessage> After(long sequence, Func<OptimisticMessage, bool>? isTold)
        {
            lock (owner._gate)
            {
                for (var i = _stored.Count - 1; i >= 0; i--)
                    if (IsOver(_stored.GetValueAtIndex(i), sequence, isTold)) _stored.RemoveAt(i);
                return Merge_NeedsLock(owner._conversations.GetValueOrDefault(conversation));
            }
        }

        public void Keep_NeedsLock(PendingMessage message, long sequence)
        {
            if (message.Conversation == conversation) _stored[message.Order] = Show(message, sequence);
        }

        private static bool IsOver(OptimisticMessage one, long sequence, Func<OptimisticMessage, bool>? isTold) =>
            one.Sequence <= sequence && (one.Stored is null || isTold is null || isTold(one));

        private List<OptimisticMessage> Merge_NeedsLock(LinkedList<PendingMessage>? waiting)
        {
            var merged = new List<OptimisticMessage>(_stored.Count + (waiting?.Count ?? 0));
            var next = 0;
            for (var node = waiting?.First; node is not null; node = node.Next)
            {
                while (next < _stored.Count && _stored.GetKeyAtIndex(next) < node.Value.Order)
                    merged.Add(_stored.GetValueAtIndex(next++));
                merged.Add(node.Value.Snapshot is { } known && IsAsNow(known, node.Value)
                    ? known
                    : node.Value.Snapshot = Show(node.Value, null));
            }
            while (next < _stored.Count) merged.Add(_stored.GetValueAtIndex(next++));
            return merged;
        }

        public void OnChanged(PendingMessage message)
        {
            if (message.Conversation == conversation) changed();
        }

        public void Dispose()
        {
            lock (owner._gate) owner._lists = [.. owner._lists.Where(other => other != this)];
        }
    }
}
