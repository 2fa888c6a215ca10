using System.Threading.Channels;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>A link to a server that works through the calls of each session in order, and is cut at random. What had
/// reached it when it was cut it still works off, beside the next session: as a real server does with what was in its
/// buffers.</summary>
internal sealed class FaultyServer(int seed, double cuts, double troubles) : IChatLink
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly HashSet<string> _keys = [];
    private readonly Dictionary<ConversationId, List<string>> _logs = [];
    private Session? _session;
    private long _sessions;

    public int Cuts { get; private set; }

    public LinkSession? Current => _session?.Link;

    public IReadOnlyList<string> Log(ConversationId conversation)
    {
        lock (_gate) return [.. _logs.GetValueOrDefault(conversation) ?? []];
    }

    public async ValueTask<LinkSession> SessionAsync(CancellationToken ct)
    {
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        lock (_gate) return (_session ??= new Session(this, ++_sessions)).Link;
    }

    public IDisposable Listen(Action<Push> listener) => new Listeners<Push>(static _ => { }).Add(listener);

    private async Task WorkAsync(Session session)
    {
        await foreach (var call in session.Inbox.Reader.ReadAllAsync())
        {
            if (Chance(0.2)) await Task.Yield();
            if (Chance(cuts)) session.Cut(keepsReading: Chance(0.5));
            if (session.IsDeaf) return;
            if (Chance(troubles))
            {
                call.Answer.TrySetException(
                    new ChatRefusedException(new ChatError(ChatErrorCode.InternalError, "down")));
                continue;
            }
            var receipt = Store(call);
            if (Chance(cuts)) session.Cut(keepsReading: true);
            call.Answer.TrySetResult(receipt);
        }
    }

    private SendReceipt Store(Call call)
    {
        lock (_gate)
        {
            if (!_logs.TryGetValue(call.Conversation, out var log)) _logs.Add(call.Conversation, log = []);
            var isNew = _keys.Add(call.Conversation + call.Key);
            if (isNew) log.Add(call.Body);
            return new SendReceipt(new MessageId(Guid.NewGuid()), log.IndexOf(call.Body) + 1, DateTimeOffset.UnixEpoch,
                !isNew);
        }
    }

    private bool Chance(double probability)
    {
        lock (_gate) return _random.NextDouble() < probability;
    }

    private sealed record Call(
        ConversationId Conversation, string Body, string Key, TaskCompletionSource<SendReceipt> Answer);

    private sealed class Session : IPartialHub
    {
        private readonly CancellationTokenSource _ended = new();
        private readonly FaultyServer _server;
        private readonly List<Call> _calls = [];

        public Session(FaultyServer server, long number)
        {
            (_server, Link) = (server, new LinkSession(number, this, _ended.Token));
            _ = Task.Run(() => server.WorkAsync(this));
        }

        public LinkSession Link { get; }

        public Channel<Call> Inbox { get; } = Channel.CreateUnbounded<Call>();

        public bool IsDeaf { get; private set; }

        public void Cut(bool keepsReading)
        {
            List<Call> lost;
            lock (_server._gate)
            {
                if (_server._session != this) return;
                _server._session = null;
                _server.Cuts++;
                IsDeaf = !keepsReading;
                Inbox.Writer.TryComplete();
                lost = [.. _calls];
            }
            foreach (var call in lost) call.Answer.TrySetException(new ChatDisconnectedException("cut"));
            _ended.Cancel();
        }

        public Task<SendReceipt> Send(ConversationId conversationId, string? body, SendOptions? options = null) =>
            Take(conversationId, body!, options!.DedupeKey!);

        public Task<SendReceipt> EditMessage(
            ConversationId conversationId, long targetSequence, EditMessage command) =>
            Take(conversationId, $"edit {targetSequence}: {command.Body}", command.DedupeKey!);

        public Task<SendReceipt> DeleteMessage(
            ConversationId conversationId, long targetSequence, DeleteMessage? command = null) =>
            Take(conversationId, $"delete {targetSequence}: {command!.Reason}", command.DedupeKey!);

        private Task<SendReceipt> Take(ConversationId conversationId, string body, string key)
        {
            var call = new Call(conversationId, body, key,
                new TaskCompletionSource<SendReceipt>(TaskCreationOptions.RunContinuationsAsynchronously));
            lock (_server._gate)
            {
                if (_server._session != this)
                    return Task.FromException<SendReceipt>(new ChatDisconnectedException("cut"));
                _calls.Add(call);
                Inbox.Writer.TryWrite(call);
            }
            return call.Answer.Task;
        }
    }
}
