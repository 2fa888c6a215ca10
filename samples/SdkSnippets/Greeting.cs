using Chat.Server.Tasks;

namespace SdkSnippets;

internal sealed record Greeting(string UserId);

internal sealed class GreetingHandler : ITaskHandler<Greeting>
{
    public Task HandleAsync(Greeting payload, TaskRun run, CancellationToken ct)
    {
        // may come again: run.Id is the same
        return Task.CompletedTask;
    }
}
