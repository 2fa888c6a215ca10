namespace Chat.Server.Tasks;

/// <summary>What the worker knows of a type of task.</summary>
internal abstract record TaskType(string Name)
{
    public abstract Task RunAsync(IServiceProvider services, byte[] payload, TaskRun run, CancellationToken ct);
}
