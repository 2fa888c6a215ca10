using System.Threading.Channels;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>One loop that stores tasks: a transaction holds whatever arrived while the last one ran.</summary>
internal sealed class TaskIntake(ITaskStore store, TaskQueues queues, TaskBell bell, TimeProvider time)
    : BackgroundService
{
    private const int Capacity = 8_192, MaxBatch = 512;

    private readonly Channel<Waiting> _waiting =
        Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Ends when the task is durable.</summary>
    /// <exception cref="StoreException">It was not stored.</exception>
    public async ValueTask<EnqueuedTask> StoreAsync(NewTask task, CancellationToken ct)
    {
        var waiting = new Waiting(task,
            new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _waiting.Writer.WriteAsync(waiting, ct);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreException(StoreFailure.Unavailable, "the server is shutting down", e);
        }
        return new EnqueuedTask(task.Id, Duplicate: !await waiting.Stored.Task.WaitAsync(ct));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } loop)
            await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(MaxBatch);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var next)) batch.Add(next);
            await StoreAsync(batch);
            batch.Clear();
        }
    }

    private async Task StoreAsync(List<Waiting> batch)
    {
        try
        {
            await queues.EnsureAsync(batch.Select(w => w.Task.Queue), CancellationToken.None);
            var stored = await store.EnqueueAsync(batch.ConvertAll(w => w.Task), time.GetUtcNow(),
                CancellationToken.None);
            for (var i = 0; i < stored.Length; i++) batch[i].Stored.TrySetResult(stored[i]);
            if (batch.Exists(w => w.Task.State == TaskState.Pending)) bell.Ring();
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
