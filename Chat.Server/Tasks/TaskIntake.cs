using System.Threading.Channels;
using Chat.Server.Concurrency;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>One loop that stores tasks: a transaction holds whatever arrived while the last one ran.</summary>
internal sealed class TaskIntake : BackgroundService
{
    private const int Capacity = 8_192, MaxBatch = 512;

    private readonly GroupCommit<Waiting> _waiting;
    private readonly ITaskStore _store;
    private readonly TaskQueues _queues;
    private readonly TaskBell _bell;
    private readonly TimeProvider _time;

    public TaskIntake(ITaskStore store, TaskQueues queues, TaskBell bell, TimeProvider time)
    {
        (_store, _queues, _bell, _time) = (store, queues, bell, time);
        _waiting = new(Capacity, MaxBatch, (batch, _) => StoreAsync(batch));
    }

    /// <summary>Ends when the task is durable.</summary>
    /// <exception cref="StoreException">It was not stored.</exception>
    public async ValueTask<EnqueuedTask> StoreAsync(NewTask task, CancellationToken ct)
    {
        var waiting = new Waiting(task,
            new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _waiting.AddAsync(waiting, ct);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreException(StoreFailure.Unavailable, "the server is shutting down", e);
        }
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

    private async Task StoreAsync(List<Waiting> batch)
    {
        try
        {
            await _queues.EnsureAsync(batch.Select(w => w.Task.Queue), CancellationToken.None);
            var stored = await _store.EnqueueAsync(batch.ConvertAll(w => w.Task), _time.GetUtcNow(),
                CancellationToken.None);
            for (var i = 0; i < stored.Length; i++) batch[i].Stored.TrySetResult(stored[i]);
            if (batch.Exists(w => w.Task.State == TaskState.Pending)) _bell.Ring();
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Rejected && batch.Count > 1)
        {
            foreach (var one in batch) await StoreAsync([one]); // one bad row must not fail the others
        }
        catch (Exception e)
        {
            foreach (var one in batch) one.Stored.TrySetException(e);
        }
    }

    private readonly record struct Waiting(NewTask Task, TaskCompletionSource<bool> Stored);
}
