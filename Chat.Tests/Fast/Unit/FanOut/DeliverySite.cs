using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.Transports.Framing;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut;

/// <summary>A feed with readers on streams that take everything, whose rounds the test runs itself, on its own
/// thread.</summary>
internal sealed class DeliverySite : IAsyncDisposable
{
    private readonly LogDouble _log = new();
    private readonly List<CountingStream> _streams = [];
    private readonly LoneFeeds _feeds;
    private FeedShard _shard = null!;
    private Feed _feed = null!;

    private DeliverySite() => _feeds = new LoneFeeds(_log, new FanOutOptions(), TimeProvider.System);

    /// <summary>How often a stream was given something: each is a system call where it is a socket's
    /// (<c>DirectOutputTests</c>).</summary>
    public long Writes => _streams.Sum(stream => stream.Writes);

    public long Bytes => _streams.Sum(stream => stream.Bytes);

    /// <param name="readers">At most as many as one shard has.</param>
    /// <param name="format">What all of them read.</param>
    public static async Task<DeliverySite> StartAsync(int readers, WireFormat format)
    {
        var site = new DeliverySite();
        for (var i = 0; i < readers; i++) await site.JoinAsync($"user{i}", format);
        return site;
    }

    /// <summary>Entries as a commit has them.</summary>
    public List<ConversationEntry> Commit(int entries) =>
        [.. Enumerable.Range(0, entries).Select(_ => _log.Commit(Drafts.Message(_log.Conversation)))];

    /// <summary>The feed takes them, and one round shows them to all readers.</summary>
    public void Show(List<ConversationEntry> entries)
    {
        foreach (var entry in entries) _feed.Arrivals.Accept(entry);
        _shard.Run();
    }

    public ValueTask DisposeAsync() => _feeds.DisposeAsync();

    private async Task JoinAsync(string user, WireFormat format)
    {
        var counted = new CountingStream();
        _streams.Add(counted);
        var stream = new SharedWriteStream(counted, TimeProvider.System);
        var writer = new StreamWriter(UserId.Parse(user).Key(), format, stream, _feeds.Writers);
        Subscription? subscription = null;
        var (feed, head) = (await _feeds.Registry.AttachAsync(_log.Conversation,
            of => subscription = new Subscription(writer, of)))!.Value;
        writer.TryAdd(subscription!);
        subscription!.Cursor = head;
        subscription.Activate(after: null);
        (_feed, _shard) = (feed, subscription.Shard!);
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Writes { get; private set; }

        public long Bytes { get; private set; }

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            Bytes += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Writes as raw sockets and hub connections do.</summary>
    private sealed class StreamWriter(
        UserKey user, WireFormat format, SharedWriteStream stream, WriterContext context)
        : ClientWriter(user, format, context)
    {
        protected override CancellationToken Closed => CancellationToken.None;

        public override void Abort() => throw new InvalidOperationException("cut");

        protected override ValueTask WriteAsync(EncodedBlock block) => stream.WriteBlockAsync(block.Bytes);

        protected override ValueTask WriteRemovedAsync(ConversationId conversation) => default;
    }
}
