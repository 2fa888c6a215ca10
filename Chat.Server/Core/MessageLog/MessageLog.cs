using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core.MessageLog;

/// <summary>Decides the order of every conversation: each belongs to one lane.</summary>
internal sealed class MessageLog(
    LaneContext context, DatabaseSettings database, MemoryBudget memory, IPolicies policies, Repeats repeats)
{
    /// <summary>What was stored before.</summary>
    public Repeats Repeats => repeats;

    // SQLite has one writer: a second lane would only wait for it.
    private readonly AppendLane[] _lanes =
        [.. Enumerable.Range(0, database.Kind == DatabaseKind.Sqlite ? 1 : context.Options.AppendLanes)
            .Select(_ => new AppendLane(context))];

    /// <summary>First stage: policies have let the draft through, and it has its place. Second stage: it is durable and
    /// announced.</summary>
    /// <param name="draft">What to store.</param>
    /// <param name="ct">Cancels waiting for a place.</param>
    /// <param name="continueOnLane">See <see cref="PendingAppend"/>.</param>
    /// <param name="after">See <see cref="PendingAppend"/>; of the same conversation.</param>
    /// <exception cref="ChatException">A policy refuses it.</exception>
    public async ValueTask<Task<Appended>> EnqueueAsync(
        Draft draft, CancellationToken ct, bool continueOnLane = false, Task? after = null)
    {
        draft = await JudgeAsync(draft, ct);
        var append = new PendingAppend(draft, memory.Lanes, continueOnLane, after);
        await _lanes[(uint)draft.ConversationId.GetHashCode() % _lanes.Length].EnqueueAsync(append, ct);
        return append.Completion;
    }

    /// <summary>Asks policies about what a user does, unless they were asked before.</summary>
    /// <returns>What is to be stored.</returns>
    /// <exception cref="ChatException">It is refused.</exception>
    public ValueTask<Draft> JudgeAsync(Draft draft, CancellationToken ct) =>
        draft is { By.IsApplication: false, IsJudged: false }
            ? policies.JudgeAsync(draft, ct)
            : new ValueTask<Draft>(draft);

    /// <summary>Runs the lanes until they are completed and empty. Cancelling abandons commits under way.</summary>
    public Task RunAsync(CancellationToken ct) => Task.WhenAll(_lanes.Select(lane => lane.RunAsync(ct)));

    /// <summary>Takes no more; <see cref="RunAsync"/> ends when all is committed.</summary>
    public void Complete()
    {
        foreach (var lane in _lanes) lane.Complete();
    }
}
