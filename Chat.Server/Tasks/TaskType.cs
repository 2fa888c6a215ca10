namespace Chat.Server.Tasks;

/// <summary>What the worker knows of a type of task.</summary>
internal abstract record TaskType(string Name)
{
    /// <summary>Makes of a payload what operators are shown; null when that is the payload itself.</summary>
    public Func<byte[], byte[]>? Shown { get; init; }

    public abstract Task RunAsync(IServiceProvider services, byte[] payload, TaskRun run, CancellationToken ct);
}
