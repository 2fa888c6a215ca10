using System.Collections.Concurrent;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>A link that does what a test says: sessions come and go, and what is stored is pushed, or not, or
/// twice.</summary>
internal sealed class ScriptedLink : IChatLink
{
    private readonly Lock _gate = new();
    private readonly List<Action<Push>> _listeners = [];
    private readonly ConcurrentDictionary<ConversationId, List<ConversationEntry>> _logs = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (LinkSession Session, CancellationTokenSource Ended, ScriptedHub Hub)? _current;
    private Exception? _failure;
    private long _sessions;

    public LinkSession? Current => _current?.Session;

    public ScriptedHub Hub => _current!.Value.Hub;

    /// <summary>What the server does with calls, over all sessions.</summary>
    public ServerScript Server { get; } = new();

    public async ValueTask<LinkSession> SessionAsync(CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_failure is not null) throw _failure;
                if (_current is { } current) return current.Session;
                changed = _changed.Task;
            }
            await changed.WaitAsync(ct);
        }
    }

    public IDisposable Listen(Action<Push> listener)
    {
        lock (_gate) _listeners.Add(listener);
        return new Registration(() =>
        {
            lock (_gate) _listeners.Remove(listener);
        });
    }

    public ScriptedLink Connect()
    {
        lock (_gate)
        {
            if (_current is not null) return this;
            var ended = new CancellationTokenSource();
            var hub = new ScriptedHub(this, ended.Token);
            _current = (new LinkSession(++_sessions, hub, ended.Token), ended, hub);
            Pulse();
        }
        return this;
    }

    public void Cut()
    {
        CancellationTokenSource? ended;
        lock (_gate) (ended, _current) = (_current?.Ended, null);
        ended?.Cancel();
    }

    public void GiveUp(Exception failure)
    {
        lock (_gate)
        {
            _failure = failure;
            Pulse();
        }
        Cut();
    }

    public IReadOnlyList<ConversationEntry> Log(ConversationId conversation)
    {
        var log = _logs.GetOrAdd(conversation, _ => []);
        lock (log) return [.. log];
    }

    public long Head(ConversationId conversation)
    {
        var log = _logs.GetOrAdd(conversation, _ => []);
        lock (log) return log.Count;
    }

    /// <summary>Stores without telling anybody.</summary>
    public T Store<T>(T draft) where T : ConversationEntry
    {
        var log = _logs.GetOrAdd(draft.ConversationId, _ => []);
        lock (log)
        {
            var entry = draft with
            {
                Id = MessageId.New(Drafts.Noon), Sequence = log.Count + 1,
                CreatedAt = Drafts.Noon.AddMilliseconds(log.Count)
            };
            log.Add(entry);
            return entry;
        }
    }

    /// <summary>Stores, and pushes it when the session has joined the conversation.</summary>
    public T Append<T>(T draft) where T : ConversationEntry
    {
        var entry = Store(draft);
        Push(entry);
        return entry;
    }

    public void Append(ConversationId conversation, int count)
    {
        for (var i = 0; i < count; i++) Append(Drafts.Message(conversation));
    }

    /// <summary>Pushes an entry, stored just now or long ago.</summary>
    public void Push(ConversationEntry entry)
    {
        if (_current is not { } current || !current.Hub.HasJoined(entry.ConversationId)) return;
        Tell(new Push.Entry(entry));
    }

    public void Tell(Push push)
    {
        Action<Push>[] listeners;
        lock (_gate) listeners = [.. _listeners];
        foreach (var listener in listeners) listener(push);
    }

    private void Pulse()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Registration(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
