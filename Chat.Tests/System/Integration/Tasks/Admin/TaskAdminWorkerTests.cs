using System.Net;
using System.Text.Json;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Tasks.Admin;

/// <summary>What operators do reaches the worker, and what waits reaches the metrics.</summary>
public sealed class TaskAdminWorkerTests
{
    [Fact]
    public async Task A_task_that_is_run_now_wakes_the_worker()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        // The worker does not look by itself for as long as a test may take.
        await using var server = await TestServer.StartAsync(database.Settings,
            ("Chat:Tasks:PollMilliseconds", "60000"));
        var task = await server.Services.GetRequiredService<ITaskQueue>()
            .EnqueueAsync("nobody's", [1], new TaskPlan { ProcessIn = TimeSpan.FromDays(1) });
        using var run = await server.Operators.PostAsync($"/api/v1/admin/tasks/{task.Id}/run", null);
        Assert.Equal(HttpStatusCode.OK, run.StatusCode);
        await Eventually.HoldsAsync(async () => await StateAsync(server, task.Id) == "archived");
        using var status = JsonDocument.Parse(await server.Http.GetStringAsync($"/api/v1/tasks/{task.Id}"));
        Assert.Equal((1, "no handler is registered for 'nobody's'"),
            (status.RootElement.GetProperty("attempts").GetInt32(), status.RootElement.GetProperty("last_error")
                .GetString()));
    }

    [Fact]
    public async Task Waiting_tasks_are_a_metric_by_configured_queue()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var server = await TestServer.StartAsync(database.Settings, ("Chat:Tasks:Concurrency", "0")))
        {
            var queue = server.Services.GetRequiredService<ITaskQueue>();
            for (var i = 0; i < 3; i++)
                await queue.EnqueueAsync("test", [],
                    new TaskPlan { Queue = i == 0 ? "own" : "low", ProcessIn = TimeSpan.FromDays(1) });
        }
        await using var next = await TestServer.StartAsync(database.Settings, ("Chat:Tasks:Concurrency", "0"));
        await Eventually.HoldsAsync(async () =>
        {
            var text = await next.Operators.GetStringAsync("/metrics");
            return text.Contains("chat_tasks_waiting{queue=\"low\"} 2", StringComparison.Ordinal)
                && text.Contains("chat_tasks_waiting{queue=\"critical\"} 0", StringComparison.Ordinal)
                && text.Contains("chat_tasks_waiting{queue=\"other\"} ", StringComparison.Ordinal)
                && !text.Contains("queue=\"own\"", StringComparison.Ordinal);
        });
    }

    private static async Task<string?> StateAsync(TestServer server, Guid id)
    {
        using var status = JsonDocument.Parse(await server.Http.GetStringAsync($"/api/v1/tasks/{id}"));
        return status.RootElement.GetProperty("state").GetString();
    }
}
