using System.Threading.Channels;
using Chat.Server.Concurrency;
using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>One loop that stores tasks: a transaction holds whatever arrived while the last one ran.</summary>
internal sealed class TaskIntake : BackgroundService
{
    private const int Capacity = 8_192, MaxBatch = 512;

    /// <summary>What a task that waits holds beside its payload, about.</summary>
    private const int TaskBytes = 1_024;

    private static readonly TimeSpan RoomBound = TimeSpan.FromSeconds(5);

    private readonly GroupCommit<Waiting> _waiting;
    private readonly ITaskStore _store;
    private readonly TaskQueues _queues;
    private readonly TaskBell _bell;
    private readonly MemoryPart _memory;
    private readonly TimeProvider _time;

    public TaskIntake(ITaskStore store, TaskQueues queues, TaskBell bell, MemoryBudget memory, TimeProvider time)
    {
        (_store, _queues, _bell, _memory, _time) = (store, queues, bell, memory.Intake, time);
        _waiting = new(new GroupCommitSize(Capacity, MaxBatch), waiting => waiting.Task.Owner,
            (batch, _) => StoreAsync(batch));
    }

    /// <summary>Ends when the task is durable.</summary>
    /// <exception cref="StoreException">It was not stored.</exception>
    public async ValueTask<EnqueuedTask> StoreAsync(NewTask task, CancellationToken ct)
    {
        var waiting = new Waiting(task,
            new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        var bytes = TaskBytes + task.Payload.Length;
        await EnterAsync(waiting, bytes, ct);
        // Held until it is stored, also when nobody waits for that any more.
        _ = waiting.Stored.Task.ContinueWith(_ => _memory.Return(bytes), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return new EnqueuedTask(task.Id, Duplicate: !await waiting.Stored.Task.WaitAsync(ct));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Complete();
        if (ExecuteTask is { } loop)
            await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _waiting.RunAsync(CancellationToken.None);

    private async Task EnterAsync(Waiting waiting, long bytes, CancellationToken ct)
    {
        using var bound = new CancellationTokenSource(RoomBound, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, ct);
        var isTaken = false;
        try
        {
            await _memory.TakeAsync(bytes, waiting.Task.Owner, either.Token);
            isTaken = true;
            await _waiting.AddAsync(waiting, either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            if (isTaken) _memory.Return(bytes);
            if (ct.IsCancellationRequested) throw;
            throw new StoreException(StoreFailure.Unavailable,
                e is ChannelClosedException ? "the server is shutting down" : "too many tasks wait to be stored", e);
        }
    }

    private async Task StoreAsync(List<Waiting> batch)
    {
        try
        {
            await _queues.EnsureAsync(batch.Select(w => w.Task.Queue), CancellationToken.None);
            var tasks = batch.ConvertAll(w => w.Task);
            var stored = await KnownOutcome.OfAsync(
                () => _store.EnqueueAsync(tasks, _time.GetUtcNow(), CancellationToken.None), _time,
                CancellationToken.None);
            for (var i = 0; i < stored.Length; i++) batch[i].Stored.TrySetResult(stored[i]);
            if (batch.Exists(w => w.Task.State == TaskState.Pending)) _bell.Ring();
        }
        catch (StoreException e) when (
            e.Failure is StoreFailure.Rejected or StoreFailure.Locked && batch.Count > 1)
        {
            // One bad row must not fail the others, nor one whose key somebody else is about to store.
            foreach (var one in batch) await StoreAsync([one]);
        }
        catch (Exception e)
        {
            foreach (var one in batch) one.Stored.TrySetException(e);
        }
    }

    private readonly record struct Waiting(NewTask Task, TaskCompletionSource<bool> Stored);
}
