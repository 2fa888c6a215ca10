using System.Text;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.FanOut;

/// <summary>A log in memory: the oracle that views are compared with. Reads may be told to fail or to wait.</summary>
internal sealed class LogDouble : IMessageStore
{
    private readonly Lock _gate = new();
    private readonly List<ConversationEntry> _entries = [];
    private int _failures;
    private TaskCompletionSource? _slow;
    private int _readCount;

    /// <summary>How often it was read.</summary>
    public int ReadCount => Volatile.Read(ref _readCount);

    public ConversationId Conversation { get; } = ConversationId.New(Drafts.Noon);

    public long Head
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>Lets the next reads fail as a database that is down does.</summary>
    public void FailReads(int times) => Interlocked.Exchange(ref _failures, times);

    /// <summary>From now on reads find what there is, and hand it out when <see cref="GoOn"/> is called.</summary>
    public void Hold()
    {
        lock (_gate) _slow ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void GoOn()
    {
        TaskCompletionSource? slow;
        lock (_gate) (slow, _slow) = (_slow, null);
        slow?.TrySetResult();
    }

    /// <summary>A sign for each read that began: the sequence after which.</summary>
    public Inbox<long> Reads { get; } = new();

    public ConversationEntry Commit(ConversationEntry draft)
    {
        lock (_gate)
        {
            var entry = draft with
            {
                Sequence = _entries.Count + 1, CreatedAt = Drafts.Noon.AddSeconds(_entries.Count)
            };
            _entries.Add(entry);
            return entry;
        }
    }

    public Task<List<ConversationEntry>> ReadAfterAsync(
        ConversationId conversation, long after, PageLimit limit, CancellationToken ct)
    {
        if (Interlocked.Decrement(ref _failures) >= 0)
            return Task.FromException<List<ConversationEntry>>(new StoreException(StoreFailure.Unavailable, "down"));
        Interlocked.Increment(ref _readCount);
        Reads.Add(after);
        lock (_gate)
        {
            var bytes = 0L;
            var found = _entries.Skip((int)after).Take(limit.Entries)
                .TakeWhile((entry, i) => (bytes += Size(entry)) <= limit.Bytes || i == 0).ToList();
            return _slow is { } slow ? FoundAsync(slow.Task, found) : Task.FromResult(found);
        }

        static async Task<List<ConversationEntry>> FoundAsync(Task slow, List<ConversationEntry> found)
        {
            await slow;
            return found;
        }
    }

    public Task<Dictionary<ConversationId, LogHead>> ReadHeadsAsync(
        IReadOnlyCollection<ConversationId> conversations, CancellationToken ct) =>
        Task.FromResult(conversations.Where(c => c == Conversation).ToDictionary(c => c, _ => new LogHead(Head)));

    public Task<LogStretches> ReadAfterAsync(
        IReadOnlyList<LogPlace> places, PageLimit limit, CancellationToken ct) => throw new NotSupportedException();

    public Task<List<ConversationEntry>> ReadMessageAsync(
        ConversationId conversation, long sequence, CancellationToken ct) => throw new NotSupportedException();

    public Task<List<ConversationEntry>> ReadVersionsAsync(
        ConversationId conversation, long sequence, long after, long upTo, PageLimit limit, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<List<ConversationEntry>> ReadBeforeAsync(
        ConversationId conversation, long before, PageLimit limit, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<MessagePage> ReadMessagesAsync(
        ConversationId conversation, MessageQuery query, PageLimit limit, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<CommitOutcome[]> CommitAsync(IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<CommitOutcome[]> ReactAsync(IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<HashSet<ConversationId>> FindLockedAsync(IReadOnlyCollection<Draft> drafts, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<Dictionary<(ConversationId, UserKey), ConversationAccess>> FindAccessAsync(
        IReadOnlyCollection<(ConversationId Conversation, UserKey User)> whose, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<CommitOutcome?[]> ResolveAsync(IReadOnlyList<Draft> drafts, CancellationToken ct) =>
        throw new NotSupportedException();

    private static int Size(ConversationEntry entry) =>
        Encoding.UTF8.GetByteCount((entry as MessageEntry)?.Body ?? "");
}
