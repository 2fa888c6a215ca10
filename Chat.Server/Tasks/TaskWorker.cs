using Chat.Server.Persistence;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>One loop that hands tasks to this instance's workers: how tasks ended and the next ones ride in one round
/// trip.</summary>
internal sealed partial class TaskWorker(
    ITaskStore store, TaskUpkeepStore upkeep, RunningTasks running, WorkerSlots slots, TaskQueues queues, TaskBell bell,
    TaskStats stats, TasksOptions options, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<TaskWorker> logger)
    : BackgroundService
{
    /// <summary>A queue that had nothing is not asked again for so long while others have enough for all: each question
    /// is a part of a round trip in vain.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, long> _foundEmpty = new(StringComparer.Ordinal);

    private TimeSpan Lease => TimeSpan.FromSeconds(options.LeaseSeconds);

    private TimeSpan Poll => TimeSpan.FromMilliseconds(options.PollMilliseconds);

    /// <summary>Hands out no more; what runs may end, and is given back when it does not.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (options.Concurrency == 0) return;
        var ending = running.Ending;
        if (!ending.IsCompleted) await HoldAsync(cancellationToken);
        await ending.WaitAsync(TimeSpan.FromSeconds(options.StopSeconds), time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await running.GiveBackAsync();
        await ending.WaitAsync(Poll, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A handler that cannot be stopped keeps its lease, which runs out; what it still does is done at most twice.
        try
        {
            await store.ExchangeAsync(_name, running.TakeFinished(), [], time.GetUtcNow(), time.GetUtcNow(),
                cancellationToken);
            await stats.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            Log.Unavailable(logger, e); // their leases run out
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Concurrency == 0) return;
        await lifetime.WhenStartedAsync(stoppingToken);
        await Task.WhenAll(HandOutAsync(stoppingToken), KeepLeasesAsync(stoppingToken));
    }

    private async Task HandOutAsync(CancellationToken ct)
    {
        var nextRead = time.GetTimestamp();
        for (var failures = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                if (time.GetTimestamp() >= nextRead)
                {
                    await queues.ReadAsync(ct);
                    nextRead = time.GetTimestamp() + (long)(Poll.TotalSeconds * time.TimestampFrequency);
                }
                var hasMore = await ExchangeAsync();
                failures = 0;
                if (!hasMore) await bell.WaitAsync(Poll, time, ct);
            }
            catch (StoreException e)
            {
                Log.Unavailable(logger, e);
                await options.Pauses.WaitAsync(failures++, time, ct)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <returns>True when there may be more to do at once.</returns>
    private async Task<bool> ExchangeAsync()
    {
        // Those that had nothing a moment ago come last, but they do come before anybody rests.
        var (rest, open) = Split(queues.Open());
        while (true)
        {
            if (open.Count == 0) (open, rest) = (rest, []);
            var finished = running.TakeFinished();
            var wanted = slots.Wanted(open);
            if (finished.Count == 0 && wanted.Count == 0)
            {
                if (rest.Count == 0) return false;
                open = [];
                continue;
            }
            var begun = running.Begin(await ExchangeAsync(finished, wanted));
            // Queues that gave less than was asked are empty for now: their share is the others'.
            var empty = wanted.FindAll(asked => begun.GetValueOrDefault(asked.Queue) < asked.Limit)
                .ConvertAll(asked => asked.Queue);
            if (empty.Count == 0) return true;
            foreach (var queue in empty) _foundEmpty[queue] = time.GetTimestamp();
            open.RemoveAll(one => empty.Contains(one.Name));
            if (open.Count + rest.Count == 0) return running.HasFinished;
        }
    }

    private async Task<List<ClaimedTask>> ExchangeAsync(List<FinishedTask> finished, List<QueueDemand> wanted)
    {
        try
        {
            // a claim that nobody heard of would wait for its lease
            return await store.ExchangeAsync(_name, finished, wanted, time.GetUtcNow(), time.GetUtcNow() + Lease,
                CancellationToken.None);
        }
        catch
        {
            running.PutBack(finished);
            throw;
        }
    }

    private (List<(string Name, int Weight)> Empty, List<(string Name, int Weight)> Others) Split(
        List<(string Name, int Weight)> open)
    {
        var empty = open.FindAll(
            queue => _foundEmpty.TryGetValue(queue.Name, out var at) && time.GetElapsedTime(at) < Glance);
        return (empty, open.FindAll(queue => !empty.Contains(queue)));
    }

    /// <summary>Signs of life for the tasks that run, and a look for those of workers that give none.</summary>
    private async Task KeepLeasesAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(Lease / 4, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ct.IsCancellationRequested) return;
            try
            {
                await RenewAsync(ct);
                var recovered = await upkeep.RecoverAsync(time.GetUtcNow(), "its worker stopped responding", ct);
                if (recovered > 0)
                {
                    Log.Recovered(logger, recovered);
                    bell.Ring();
                }
                await stats.FlushAsync(ct);
            }
            catch (StoreException e)
            {
                Log.Unavailable(logger, e);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Nobody renews leases while the worker stops, so they are made long enough for it.</summary>
    private async Task HoldAsync(CancellationToken ct)
    {
        try
        {
            await upkeep.RenewAsync(_name, running.Numbers,
                time.GetUtcNow() + TimeSpan.FromSeconds(options.StopSeconds) + Lease, ct);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            Log.Unavailable(logger, e);
        }
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        var mine = running.Numbers;
        if (mine.Count == 0) return;
        var held = await upkeep.RenewAsync(_name, mine, time.GetUtcNow() + Lease, ct);
        // One that is finished meanwhile, or waits for the next exchange, may be missing rightly: it is not running any
        // more.
        foreach (var number in mine)
            if (!held.Contains(number)) running.Cancel(number);
    }

    private static partial class Log
    {
        [LoggerMessage(9010, LogLevel.Warning,
            "The background queue cannot reach the database; it continues when the database returns")]
        public static partial void Unavailable(ILogger logger, Exception exception);

        [LoggerMessage(9011, LogLevel.Warning, "{Count} tasks of silent workers will be run again")]
        public static partial void Recovered(ILogger logger, int count);
    }
}
