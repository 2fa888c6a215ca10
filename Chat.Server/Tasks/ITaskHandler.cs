using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Server.Tasks;

/// <summary>Does tasks of one type. A task may come more than once: after a failure, and when the instance that had it
/// was lost.</summary>
internal interface ITaskHandler<in TPayload>
{
    /// <summary>Ends when the task is done. Any exception is a failure: it is tried again later, unless it is a
    /// <see cref="TaskGivenUpException"/>.</summary>
    Task HandleAsync(TPayload payload, TaskRun run, CancellationToken ct);
}

/// <summary>The circumstances of one attempt.</summary>
/// <param name="Id">Of the task: the same on every attempt, so good as a dedupe key.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="MaxRetry">How many may follow the first.</param>
/// <param name="EnqueuedAt">Since when it waits.</param>
internal sealed record TaskRun(Guid Id, int Attempt, int MaxRetry, DateTimeOffset EnqueuedAt);

/// <summary>Trying again is of no use: the task is archived at once.</summary>
internal sealed class TaskGivenUpException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What the worker knows of a type of task.</summary>
internal abstract record TaskType(string Name)
{
    public abstract Task RunAsync(IServiceProvider services, byte[] payload, TaskRun run, CancellationToken ct);
}

/// <summary>A type whose payload is JSON.</summary>
internal sealed record JsonTaskType<TPayload, THandler>(string Name, JsonTypeInfo<TPayload> Json)
    : TaskType(Name) where THandler : ITaskHandler<TPayload>
{
    public override Task RunAsync(IServiceProvider services, byte[] payload, TaskRun run, CancellationToken ct)
    {
        TPayload? read;
        try
        {
            read = JsonSerializer.Deserialize(payload, Json);
        }
        catch (JsonException e)
        {
            throw new TaskGivenUpException($"the payload is no {typeof(TPayload).Name}: {e.Message}", e);
        }
        return services.GetRequiredService<THandler>()
            .HandleAsync(read ?? throw new TaskGivenUpException("the payload is null"), run, ct);
    }
}

/// <summary>A type whose payload is whatever its handler makes of it.</summary>
internal sealed record RawTaskType<THandler>(string Name) : TaskType(Name) where THandler : ITaskHandler<byte[]>
{
    public override Task RunAsync(IServiceProvider services, byte[] payload, TaskRun run, CancellationToken ct) =>
        services.GetRequiredService<THandler>().HandleAsync(payload, run, ct);
}
