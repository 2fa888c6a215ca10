using Chat.Server.Tasks;

namespace Chat.Server.Application;

/// <summary>The background queue for the application that the chat is part of.</summary>
internal sealed class InProcessTasks(ITaskQueue queue, IServiceProvider services) : IChatTasks
{
    public Task<EnqueuedTask> EnqueueAsync<TPayload>(
        TPayload payload, TaskPlan? plan = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var content = services.GetService<TaskContent<TPayload>>() ?? throw new InvalidOperationException(
            $"no handler takes a {typeof(TPayload).Name}: AddTaskHandler<{typeof(TPayload).Name}, …> is missing");
        return Refusals.TranslateAsync(
            async () => await queue.EnqueueAsync(content.Type, payload, content.Json, plan, ct));
    }
}
