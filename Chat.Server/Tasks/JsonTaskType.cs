using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Server.Tasks;

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
