using System.Threading.Channels;
using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>Decides the order of every conversation: each belongs to one lane. How many lanes there are is chosen by
/// what is measured (<see cref="LaneChoice"/>).</summary>
internal sealed class MessageLog
{
    private readonly LaneContext _context;
    private readonly MemoryBudget _memory;
    private readonly IPolicies _policies;
    private readonly LaneChoice _choice;
    private readonly QuietMessages? _quiet;
    private readonly Lock _gate = new();
    private volatile LaneSet _lanes;
    private bool _isChanging; // the lanes of before have not ended
    private bool _isComplete;

    public MessageLog(
        LaneContext context, DatabaseSettings database, MemoryBudget memory, IPolicies policies, Repeats repeats)
    {
        (_context, _memory, _policies, Repeats) = (context, memory, policies, repeats);
        // SQLite has one writer: a second lane would only wait for it.
        var hasOneWriter = database.Kind == DatabaseKind.Sqlite;
        _choice = new(hasOneWriter ? 1 : context.Options.AppendLanes, context.Time);
        if (!hasOneWriter) _quiet = new QuietMessages(context.Time);
        _lanes = New(1);
    }

    /// <summary>What was stored before.</summary>
    public Repeats Repeats { get; }

    /// <summary>First stage: policies have let the draft through, and it has its place. Second stage: it is durable and
    /// announced.</summary>
    /// <param name="draft">What to store.</param>
    /// <param name="ct">Cancels waiting for a place.</param>
    /// <param name="after">See <see cref="PendingAppend"/>; of the same conversation.</param>
    /// <exception cref="ChatException">A policy refuses it.</exception>
    public async ValueTask<Task<Appended>> EnqueueAsync(Draft draft, CancellationToken ct, Task? after = null)
    {
        draft = await JudgeAsync(draft, ct);
        var append = new PendingAppend(draft, _memory.Lanes, end: null, after, _context.Time.GetTimestamp());
        await AddAsync(append, ct);
        return append.Completion;
    }

    /// <summary>The same without a task: of the second stage <paramref name="end"/> is told.</summary>
    /// <exception cref="ChatException">A policy refuses it, and <paramref name="end"/> is told nothing.</exception>
    public async ValueTask PlaceAsync(Draft draft, IAppendEnd end, CancellationToken ct)
    {
        draft = await JudgeAsync(draft, ct);
        await AddAsync(new(draft, _memory.Lanes, end, after: null, _context.Time.GetTimestamp()), ct);
    }

    /// <summary>Asks policies about what a user does, unless they were asked before.</summary>
    /// <returns>What is to be stored.</returns>
    /// <exception cref="ChatException">It is refused.</exception>
    public ValueTask<Draft> JudgeAsync(Draft draft, CancellationToken ct) =>
        draft is { By.IsApplication: false, IsJudged: false }
            ? _policies.JudgeAsync(draft, ct)
            : new ValueTask<Draft>(draft);

    /// <summary>Runs the lanes until they are completed and empty. Cancelling abandons commits under way.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        for (LaneSet? ended = null; After(ended) is { } lanes; ended = lanes) await lanes.RunAsync(ct);
    }

    /// <summary>Takes no more; <see cref="RunAsync"/> ends when all is committed.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            _lanes.Complete();
        }
    }

    /// <summary>From now on so many lanes. New drafts wait in them until the lanes of before have committed theirs: so
    /// a conversation is never in two at once. Does nothing while that is still going on, or while drafts wait for a
    /// locked conversation, which would hold up all others.</summary>
    public void Use(int count)
    {
        lock (_gate)
        {
            if (_isComplete || _isChanging || count == _lanes.Count || _lanes.IsHolding) return;
            _isChanging = true;
            var before = _lanes;
            _lanes = New(count);
            before.Complete();
        }
    }

    private async ValueTask AddAsync(PendingAppend append, CancellationToken ct)
    {
        while (true)
        {
            var lanes = _lanes;
            try
            {
                await lanes.Of(append.Draft.ConversationId).EnqueueAsync(append, ct);
                return;
            }
            catch (ChannelClosedException) when (lanes != _lanes)
            {
                // They were replaced: the new ones take it.
            }
            catch (ChannelClosedException)
            {
                throw ChatException.Internal("the server is shutting down; nothing was stored, connect again");
            }
        }
    }

    private LaneSet New(int count)
    {
        _context.Metrics.AppendLanes(count);
        return new(count, _context, _quiet, (appends, waited) => Use(_choice.After(appends, waited)));
    }

    private LaneSet? After(LaneSet? ended)
    {
        lock (_gate)
        {
            _isChanging = false;
            return _lanes == ended ? null : _lanes;
        }
    }
}
