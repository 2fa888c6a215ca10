using System.Net.WebSockets;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures.Membership;

namespace Chat.Tests.Integration.Membership;

/// <summary>One connection of a user, which writes down in the order of the wire what it asks and what it is
/// told.</summary>
internal abstract class Device(SlowSocket socket, string user, ConversationId conversation) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Call> _calls = [];
    private readonly List<Told> _told = [];
    private readonly List<JsonElement> _entries = [];
    private readonly List<TaskCompletionSource<Answer>> _answers = [];
    private TaskCompletionSource? _paused;
    private Task _reading = Task.CompletedTask;
    private bool _disposed;

    public string User => user;

    public ConversationId Conversation => conversation;

    /// <summary>The last entry shown, whatever came before; where to resume.</summary>
    public long Last { get; private set; }

    /// <summary>The entries that it was shown, as they came.</summary>
    public IReadOnlyList<JsonElement> Entries
    {
        get
        {
            lock (_gate) return [.. _entries];
        }
    }

    /// <summary>Why it ended; null while it has not, or when it was disposed.</summary>
    public Exception? Failure { get; private set; }

    public View View
    {
        get
        {
            lock (_gate) return new View(user, AnswersFirst, [.. _calls], [.. _told]);
        }
    }

    protected SlowSocket Socket => socket;

    protected abstract bool AnswersFirst { get; }

    public Task<Answer> JoinAsync(long? after) => AskAsync(new Call(IsJoin: true, after));

    public Task<Answer> LeaveAsync() => AskAsync(new Call(IsJoin: false));

    /// <summary>The refusal; null when the message is stored.</summary>
    public abstract Task<string?> SendAsync(string body);

    /// <summary>Reads nothing until <see cref="Resume"/>.</summary>
    public void Pause() => _paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        var paused = _paused;
        _paused = null;
        paused?.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        Resume();
        await socket.DisposeAsync();
        await _reading.WaitAsync(Bounds.Wait);
    }

    /// <summary>Begins to read; once, when the connection is open.</summary>
    protected void Start() => _reading = ReadAsync();

    protected abstract Task SendCallAsync(int index, Call call);

    protected abstract void Handle(ReadOnlyMemory<byte> message);

    /// <summary>The connection ended: nothing more is answered.</summary>
    protected abstract void FailPending(Exception failure);

    protected void NoteAnswer(int index, Answer answer)
    {
        TaskCompletionSource<Answer> waiting;
        lock (_gate)
        {
            _calls[index].Answer = answer;
            _told.Add(new Told(ToldKind.Answered, index));
            waiting = _answers[index];
        }
        waiting.TrySetResult(answer);
    }

    protected void NoteEntry(JsonElement entry, string sequence, string sender)
    {
        lock (_gate)
        {
            Last = entry.GetProperty(sequence).GetInt64();
            _entries.Add(entry);
            var body = entry.TryGetProperty("body", out var text) ? text.GetString() : null;
            _told.Add(new Told(ToldKind.Entry, Sequence: Last, Text: $"{entry.GetProperty(sender)}: {body}"));
        }
    }

    protected void Note(ToldKind kind)
    {
        lock (_gate) _told.Add(new Told(kind));
    }

    private async Task<Answer> AskAsync(Call call)
    {
        int index;
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            index = _calls.Count;
            _calls.Add(call);
            _answers.Add(answer);
            _told.Add(new Told(ToldKind.Asked, index));
        }
        await SendCallAsync(index, call);
        return await answer.Task.WaitAsync(Bounds.Wait);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                if (_paused is { } paused) await paused.Task;
                Handle(await socket.ReceiveAsync());
            }
        }
        catch (Exception e)
        {
            if (!_disposed) Failure = e;
            List<TaskCompletionSource<Answer>> open;
            lock (_gate) open = [.. _answers];
            foreach (var answer in open) answer.TrySetException(new WebSocketException("the connection ended", e));
            FailPending(e);
        }
    }
}
