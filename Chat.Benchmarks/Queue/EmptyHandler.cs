using Chat.Server.Tasks;

namespace Chat.Benchmarks.Queue;

/// <summary>Only counts tasks and reports when each begins.</summary>
internal sealed class EmptyHandler(TimeProvider time) : ITaskHandler<byte[]>
{
    public const string Type = "bench.empty";

    private int _done;

    public int Done => Volatile.Read(ref _done);

    /// <summary>Called with each task.</summary>
    public Action<long>? Began { get; set; }

    public Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
    {
        Interlocked.Increment(ref _done);
        Began?.Invoke(time.GetTimestamp());
        return Task.CompletedTask;
    }
}
