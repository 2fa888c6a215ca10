using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>What a server does with a call.</summary>
public enum Verdict
{
    Store,

    /// <summary>Stores it; the answer comes with <see cref="ScriptedServer.Answer"/>, or never.</summary>
    StoreAndHold,

    /// <summary>The connection is lost before the server has read the call.</summary>
    CutBefore,

    /// <summary>It is stored; the connection is lost before the answer.</summary>
    CutAfter,

    BadRequest,
    RateLimited,
    InternalError,

    /// <summary>Refuses as <see cref="RateLimited"/> does, and says to wait for 7 s.</summary>
    TooFast,

    /// <summary>Refuses with a code that this version does not know.</summary>
    UnknownCode,

    /// <summary>Refuses an edit: the message has version 17.</summary>
    Conflict,

    Gone,
    Forbidden,
}

/// <summary>A link to a server that does what a test says, call by call; a lost session is followed by the next one at
/// once.</summary>
internal sealed class ScriptedServer : IChatLink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Sequence, MessageId Id)> _keys = [];
    private readonly Dictionary<ConversationId, List<string>> _logs = [];
    private readonly List<(TaskCompletionSource<SendReceipt> Answer, SendReceipt Receipt)> _held = [];
    private readonly List<string> _calls = [];
    private readonly Listeners<Push> _listeners = new(static _ => { });
    private TaskCompletionSource _online = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Session? _session;
    private Exception? _givenUp;
    private long _sessions;

    public ScriptedServer() => _online.SetResult();

    /// <summary>Decides about a call: the body, and how many calls with it there were before. That of an edit is
    /// <c>edit 3: body</c>, that of a deletion <c>delete 3</c>.</summary>
    public Func<string, int, Verdict> Script { get; set; } = (_, _) => Verdict.Store;

    public Tally Calls { get; } = new();

    public int UnderWayAtMost { get; private set; }

    public LinkSession? Current => _session?.Link;

    /// <summary>The bodies of all calls, in the order in which they came.</summary>
    public List<string> Called
    {
        get { lock (_gate) return [.. _calls]; }
    }

    public List<string> Log(ConversationId conversation)
    {
        lock (_gate) return [.. _logs.GetValueOrDefault(conversation) ?? []];
    }

    public void GoOffline()
    {
        lock (_gate) _online = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Cut();
    }

    public void GoOnline() => _online.TrySetResult();

    public void GiveUp(Exception reason)
    {
        _givenUp = reason;
        Cut();
        GoOnline();
    }

    /// <summary>Answers all that is held.</summary>
    public void Answer()
    {
        List<(TaskCompletionSource<SendReceipt> Answer, SendReceipt Receipt)> held;
        lock (_gate)
        {
            held = [.. _held];
            _held.Clear();
        }
        foreach (var (answer, receipt) in held) answer.TrySetResult(receipt);
    }

    public void Cut()
    {
        Session? session;
        lock (_gate)
        {
            (session, _session) = (_session, null);
            foreach (var (answer, _) in _held) answer.TrySetException(Lost());
            _held.Clear();
        }
        session?.End();
    }

    public async ValueTask<LinkSession> SessionAsync(CancellationToken ct)
    {
        await _online.Task.WaitAsync(ct);
        if (_givenUp is not null) throw new ChatConnectException("given up", _givenUp);
        lock (_gate) return (_session ??= new Session(this, ++_sessions)).Link;
    }

    public IDisposable Listen(Action<Push> listener) => _listeners.Add(listener);

    /// <summary>Tells the client.</summary>
    public void Push(Push push) => _listeners.Tell(push);

    private static ChatDisconnectedException Lost() => new("cut");

    private Task<SendReceipt> Take(Session session, ConversationId conversation, string body, string? key)
    {
        Verdict verdict;
        SendReceipt? receipt = null;
        lock (_gate)
        {
            if (session != _session) return Task.FromException<SendReceipt>(Lost());
            verdict = Script(body, _calls.Count(call => call == body));
            _calls.Add(body);
            if (verdict is Verdict.Store or Verdict.StoreAndHold or Verdict.CutAfter)
                receipt = Store(conversation, body, key!);
            if (verdict == Verdict.StoreAndHold)
            {
                var answer = new TaskCompletionSource<SendReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
                _held.Add((answer, receipt!));
                UnderWayAtMost = Math.Max(UnderWayAtMost, _held.Count);
                Calls.Add();
                return answer.Task;
            }
        }
        if (verdict is Verdict.CutBefore or Verdict.CutAfter) Cut();
        Calls.Add();
        return verdict switch
        {
            Verdict.Store => Task.FromResult(receipt!),
            Verdict.BadRequest => Refused(ChatErrorCode.BadRequest),
            Verdict.RateLimited => Refused(ChatErrorCode.RateLimited),
            Verdict.TooFast => Task.FromException<SendReceipt>(new ChatRefusedException(
                ChatError.WithRetry(ChatErrorCode.RateLimited, "scripted", TimeSpan.FromSeconds(7)))),
            Verdict.InternalError => Refused(ChatErrorCode.InternalError),
            Verdict.UnknownCode => Refused(ChatErrorCode.Unknown),
            Verdict.Gone => Refused(ChatErrorCode.Gone),
            Verdict.Forbidden => Refused(ChatErrorCode.Forbidden),
            Verdict.Conflict => Task.FromException<SendReceipt>(
                new ChatConflictException(ChatError.WithVersion("scripted", 17))),
            _ => Task.FromException<SendReceipt>(Lost()),
        };
    }

    private SendReceipt Store(ConversationId conversation, string body, string key)
    {
        if (!_logs.TryGetValue(conversation, out var log)) _logs.Add(conversation, log = []);
        var isNew = _keys.TryAdd(conversation + key, (log.Count + 1, new MessageId(Guid.NewGuid())));
        if (isNew) log.Add(body);
        var (sequence, id) = _keys[conversation + key];
        return new SendReceipt(id, sequence, DateTimeOffset.UnixEpoch, !isNew);
    }

    private static Task<SendReceipt> Refused(ChatErrorCode code) =>
        Task.FromException<SendReceipt>(new ChatRefusedException(new ChatError(code, "scripted")));

    private sealed class Session : IPartialHub
    {
        private readonly CancellationTokenSource _ended = new();
        private readonly ScriptedServer _server;

        public Session(ScriptedServer server, long number) =>
            (_server, Link) = (server, new LinkSession(number, this, _ended.Token));

        public LinkSession Link { get; }

        public void End() => _ended.Cancel();

        public Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null) =>
            _server.Take(this, conversationId, body!, options!.DedupeKey);

        public Task<SendReceipt> EditMessage(
            ConversationId conversationId, long targetSequence, EditMessage command) =>
            _server.Take(this, conversationId, $"edit {targetSequence}: {command.Body}", command.DedupeKey);

        public Task<SendReceipt> DeleteMessage(
            ConversationId conversationId, long targetSequence, DeleteMessage? command = null) =>
            _server.Take(this, conversationId, $"delete {targetSequence}", command!.DedupeKey);

        public async Task<ReactionReceipt> SetReactions(
            ConversationId conversationId, long targetSequence, IReadOnlyList<string> keys)
        {
            var text = $"react {targetSequence}: {string.Join(' ', keys)}";
            var receipt = await _server.Take(this, conversationId, text, text); // again, it changes nothing
            return new ReactionReceipt(keys, receipt.Sequence, receipt.CreatedAt, receipt.Duplicate);
        }
    }
}
