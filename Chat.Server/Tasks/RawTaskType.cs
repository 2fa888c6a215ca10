namespace Chat.Server.Tasks;

/// <summary>A type whose payload is raw bytes for its handler.</summary>
internal sealed record RawTaskType<THandler>(string Name) : TaskType(Name) where THandler : ITaskHandler<byte[]>
{
    public override Task RunAsync(IServiceProvider services, byte[] payload, TaskRun run, CancellationToken ct) =>
        services.GetRequiredService<THandler>().HandleAsync(payload, run, ct);
}
