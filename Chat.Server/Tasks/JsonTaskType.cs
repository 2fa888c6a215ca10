using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Server.Tasks;

/// <summary>A type whose payload is JSON.</summary>
/// <param name="Name">The type's name.</param>
/// <param name="Json">How it is read. Asked for with the first task: making it would take time of the start.</param>
internal sealed record JsonTaskType<TPayload, THandler>(string Name, Func<JsonTypeInfo<TPayload>> Json)
    : TaskType(Name) where THandler : ITaskHandler<TPayload>
{
    public override Task RunAsync(IServiceProvider services, byte[] payload, TaskRun run, CancellationToken ct)
    {
        TPayload? read;
        try
        {
            read = JsonSerializer.Deserialize(payload, Json());
        }
        catch (JsonException e)
        {
            throw new TaskGivenUpException($"the payload is no {typeof(TPayload).Name}: {e.Message}", e);
        }
        return services.GetRequiredService<THandler>()
            .HandleAsync(read ?? throw new TaskGivenUpException("the payload is null"), run, ct);
    }
}
