using System.Text.Json.Nodes;
using Chat.Benchmarks.Load;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;

namespace Chat.Benchmarks.Queue;

/// <summary>One run: measures everything with an empty table, then again with many waiting tasks.</summary>
internal sealed class TasksRun(QueueSite site, LoadOptions options, TimeProvider time)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(10);

    public async Task<JsonObject> RunAsync(TextWriter progress)
    {
        var waiting = options.Int("waiting");
        await MeasureAsync(); // the first of everything
        var empty = await MeasureAsync();
        progress.WriteLine($"with nothing waiting: {empty}");
        var result = new JsonObject
        {
            ["database"] = options.Text("database"), ["tasks"] = options.Int("tasks"), ["waiting"] = waiting
        };
        Add(result, "", empty);
        if (waiting == 0) return result;
        var began = time.GetTimestamp();
        await site.FillAsync(waiting);
        progress.WriteLine($"{waiting} tasks wait after {time.GetElapsedTime(began).TotalSeconds:0} s");
        var full = await MeasureAsync();
        progress.WriteLine($"with {waiting} waiting: {full}");
        Add(result, "waiting_", full);
        result["enqueue_slowed_by"] = Math.Round(empty.EnqueuedPerSecond / full.EnqueuedPerSecond, 2);
        result["complete_slowed_by"] = Math.Round(empty.CompletedPerSecond / full.CompletedPerSecond, 2);
        result["claim_p50_slowed_by"] = Math.Round(full.ClaimP50 / empty.ClaimP50, 2);
        result["pickup_p50_slowed_by"] = Math.Round(full.PickupP50 / empty.PickupP50, 2);
        return result;
    }

    private static void Add(JsonObject result, string prefix, Figures figures)
    {
        result[prefix + "enqueued_per_s"] = Math.Round(figures.EnqueuedPerSecond);
        result[prefix + "completed_per_s"] = Math.Round(figures.CompletedPerSecond);
        result[prefix + "claim_p50_ms"] = Math.Round(figures.ClaimP50, 3);
        result[prefix + "pickup_p50_ms"] = Math.Round(figures.PickupP50, 1);
        result[prefix + "pickup_p99_ms"] = Math.Round(figures.PickupP99, 1);
    }

    private async Task<Figures> MeasureAsync()
    {
        var tasks = options.Int("tasks");
        double enqueued, completed;
        await using (var instance = await QueueInstance.StartAsync(site.Database, concurrency: 0))
            enqueued = tasks / await EnqueueAsync(instance, tasks);
        var claims = await ClaimAsync();
        await using var worker = await QueueInstance.StartAsync(site.Database, Math.Max(1, options.Int("concurrency")));
        completed = tasks / await CompleteAsync(worker, tasks);
        var pickups = await PickUpAsync(worker);
        return new Figures(enqueued, completed, claims.Quantile(0.5), pickups.Quantile(0.5), pickups.Quantile(0.99));
    }

    /// <returns>Seconds.</returns>
    private async Task<double> EnqueueAsync(QueueInstance instance, int tasks)
    {
        var (left, callers) = (tasks, Math.Max(1, options.Int("callers")));
        var began = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0) await instance.Queue.EnqueueAsync(EmptyHandler.Type, []);
        })));
        return time.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>One task after the other, straight from the store: a round trip each. Those before it are left for the
    /// worker that comes.</summary>
    private async Task<Latencies> ClaimAsync()
    {
        await using var stores = new StoreHost(site.Database);
        var latencies = new Latencies();
        for (var i = 0; i < options.Int("claims"); i++)
        {
            var (now, began) = (time.GetUtcNow(), time.GetTimestamp());
            var claimed = await stores.Tasks.ExchangeAsync(
                "bench", [], [new QueueDemand("default", 1) { OfGroup = 64 }], now, now + Bound,
                CancellationToken.None);
            latencies.Add(time.GetElapsedTime(began));
            await stores.Tasks.ExchangeAsync("bench", claimed.ConvertAll(task => FinishedTask.GiveBack(task, now)), [],
                now, now, CancellationToken.None);
        }
        return latencies;
    }

    /// <summary>Time from the first task to the last. The instance has just started.</summary>
    /// <returns>Seconds.</returns>
    private async Task<double> CompleteAsync(QueueInstance worker, int tasks)
    {
        var (first, last) = (time.GetTimestamp(), 0L);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        worker.Handler.Began = at =>
        {
            if (worker.Handler.Done < tasks) return;
            last = at;
            done.TrySetResult();
        };
        if (worker.Handler.Done < tasks) await done.Task.WaitAsync(Bound, time);
        return time.GetElapsedTime(first, Math.Max(last, first + 1)).TotalSeconds;
    }

    /// <summary>Time from the enqueuing call, commit included, to the start of the handler.</summary>
    private async Task<Latencies> PickUpAsync(QueueInstance worker)
    {
        var latencies = new Latencies();
        for (var i = 0; i < options.Int("pickups"); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time); // what was before is over
            var begun = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            worker.Handler.Began = at => begun.TrySetResult(at);
            var called = time.GetTimestamp();
            await worker.Queue.EnqueueAsync(EmptyHandler.Type, []);
            latencies.Add(time.GetElapsedTime(called, await begun.Task.WaitAsync(Bound, time)));
        }
        return latencies;
    }

    private sealed record Figures(
        double EnqueuedPerSecond, double CompletedPerSecond, double ClaimP50, double PickupP50, double PickupP99);
}
