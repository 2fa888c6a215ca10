using BenchmarkDotNet.Attributes;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Transports.WebSockets;

namespace Chat.Benchmarks.Micro;

/// <summary>From a committed message to every reader having taken it, without sockets: accept, wake, take the shared
/// block.</summary>
public class FeedBenchmark
{
    private readonly SemaphoreSlim _drained = new(0);
    private MicroServer? _server;
    private MessageEntry? _message;
    private Feed? _feed;
    private long _sequence;
    private int _missing;

    [Params(1, 100, 10_000)]
    public int Readers { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _server = MicroServer.Start();
        _feed = new Feed(_server.Conversation, new LogHead(0), _server.FeedContext);
        _sequence = 0;
        _message = _server.Message();
        var format = RawDialect.Create(camelCase: false, RawFeatures.None).Format;
        for (var i = 0; i < Readers; i++)
        {
            var writer = new CountingWriter(new UserKey(Tenant.Default, _server.User), format,
                _server.WriterContext, OnTaken);
            var subscription = new Subscription(writer, _feed);
            subscription.Cursor = _feed.TryAttach(subscription)!.Value;
            writer.TryAdd(subscription);
            subscription.Activate(null);
        }
    }

    [GlobalCleanup]
    public void Stop() => _server!.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Delivers one message to all readers; ends when the last one has it.</summary>
    [Benchmark]
    public Task Deliver()
    {
        Volatile.Write(ref _missing, Readers);
        _feed!.Arrivals.Accept(_message! with { Sequence = ++_sequence });
        _feed.Announce();
        return _drained.WaitAsync();
    }

    private void OnTaken(int count)
    {
        if (Interlocked.Add(ref _missing, -count) == 0) _drained.Release();
    }

    /// <summary>Accepts every block at once.</summary>
    private sealed class CountingWriter(UserKey user, WireFormat format, WriterContext context, Action<int> onTaken)
        : ClientWriter(user, format, context)
    {
        protected override CancellationToken Closed => CancellationToken.None;

        public override void Abort() { }

        protected override ValueTask WriteAsync(EncodedBlock block)
        {
            onTaken(block.Count);
            return default;
        }

        protected override ValueTask WriteRemovedAsync(ConversationId conversation) => default;
    }
}
