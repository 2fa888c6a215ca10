using Chat.Server;
using Chat.Server.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SdkSnippets;

/// <summary>What docs/tasks.md shows.</summary>
internal static class TaskSnippets
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddChat()
            .UseSqlite("chat.db")
            .AddTaskHandler<Greeting, GreetingHandler>("greeting");
    }

    public static async Task EnqueueAsync(IChatTasks tasks)
    {
        await tasks.EnqueueAsync(new Greeting("ann"), new() { Queue = "low", MaxRetry = 3 });
    }
}
