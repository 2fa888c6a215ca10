using System.Net;
using System.Text;
using System.Text.Json;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Rest;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Tasks.Admin;

/// <summary>The API beside the page, on either database, while no worker takes anything away.</summary>
public abstract class TaskAdminSpec(TaskAdminServer fixture) : IAsyncLifetime
{
    private const string Unknown = "01990000-0000-7000-8000-000000000000", Admin = "/api/v1/admin/tasks";

    // Each test has a queue of its own.
    private readonly string _queue = $"q-{Guid.NewGuid():N}";

    private TestServer _server = null!;

    private protected abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync()
    {
        if (IsAvailable) _server = await fixture.StartAsync(Kind);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private bool IsAvailable => Kind == DatabaseKind.Sqlite || RequiredTools.PostgresSkipReason is null;

    // CH-56
    [SpecFact]
    public async Task The_program_that_enqueued_a_task_may_ask_for_its_state_but_sees_no_payload()
    {
        var id = await EnqueueAsync("secret");
        var task = (await GetAsync($"/api/v1/tasks/{id}")).Json;
        Assert.Equal(
            ["id", "type", "queue", "state", "attempts", "max_retry", "last_error", "enqueued_at", "run_at",
                "finished_at"], task.EnumerateObject().Select(property => property.Name));
        Assert.Equal((id.ToString(), "test", _queue, "pending", 0, 25),
            (task.GetProperty("id").GetString(), task.GetProperty("type").GetString(), task.GetProperty("queue")
                .GetString(), task.GetProperty("state").GetString(),
                task.GetProperty("attempts").GetInt32(), task.GetProperty("max_retry").GetInt32()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", task.GetProperty("enqueued_at").GetString());
        Assert.Equal(JsonValueKind.Null, task.GetProperty("finished_at").ValueKind);
        (await GetAsync($"/api/v1/tasks/{Unknown}")).IsRefused(404, "task not found");
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync("/api/v1/tasks/nonsense")).Status);
    }

    [SpecFact]
    public async Task A_task_is_listed_with_its_payload_and_its_errors()
    {
        var text = await EnqueueAsync("""{"say":"grüß dich"}""");
        var list = (await GetAsync($"{Admin}?queue={_queue}&state=pending")).Json;
        var task = Assert.Single(list.GetProperty("tasks").EnumerateArray());
        Assert.Equal(text.ToString(), task.GetProperty("id").GetString());
        Assert.Equal("""{"say":"grüß dich"}""", task.GetProperty("payload").GetProperty("text").GetString());
        Assert.Equal(0, task.GetProperty("errors").GetArrayLength());
        await ChangeAsync($"{text}/delete", 1);

        await EnqueueAsync([0, 255, 1]);
        var raw = Assert.Single((await GetAsync($"{Admin}?queue={_queue}&state=pending")).Json.GetProperty("tasks")
            .EnumerateArray()).GetProperty("payload");
        Assert.Equal(("AP8B", 3, false),
            (raw.GetProperty("base64").GetString(), raw.GetProperty("bytes").GetInt32(), raw.GetProperty("is_cut")
                .GetBoolean()));
    }

    [SpecFact]
    public async Task The_errors_of_a_failed_task_are_listed_in_their_order()
    {
        await EnqueueAsync("fails");
        var store = _server.Services.GetRequiredService<ITaskStore>();
        var now = TimeProvider.System.GetUtcNow();
        var task = Assert.Single(
            await store.ExchangeAsync("w", [], [new QueueDemand(_queue, 1)], now, now.AddHours(1),
                CancellationToken.None));
        Assert.Equal(1, Counts((await QueueAsync())!.Value).Active);
        const string errors =
            """[{"attempt":1,"at":"2026-01-01T00:00:00+00:00","error":"first"},{"attempt":2,"at":"2026-01-01T00:01:00+00:00","error":"second"}]""";
        await store.ExchangeAsync("w", [new FinishedTask(task, TaskState.Archived, now, "second", errors)], [], now,
            now, CancellationToken.None);
        var shown = Assert.Single((await GetAsync($"{Admin}?queue={_queue}&state=archived")).Json.GetProperty("tasks")
            .EnumerateArray());
        Assert.Equal(["first", "second"],
            shown.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("error").GetString()));
        Assert.Equal("second", (await GetAsync($"/api/v1/tasks/{task.Id}")).Json.GetProperty("last_error").GetString());
    }

    [SpecFact]
    public async Task Pages_follow_one_another()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(
                (await EnqueueAsync($"{i}",
                    new TaskPlan { ProcessAt = TimeProvider.System.GetUtcNow().AddHours(1 + i) })).ToString());
        var first = (await GetAsync($"{Admin}?queue={_queue}&state=scheduled&limit=3")).Json;
        var second = (await GetAsync($"{Admin}?queue={_queue}&state=scheduled&limit=3&offset=3")).Json;
        Assert.Equal(ids,
            first.GetProperty("tasks").EnumerateArray().Concat(second.GetProperty("tasks").EnumerateArray())
                .Select(task => task.GetProperty("id").GetString()!));
    }

    [SpecFact]
    public async Task Queues_show_depth_latency_and_what_was_done()
    {
        await EnqueueAsync("due");
        await EnqueueAsync("later", new TaskPlan { ProcessIn = TimeSpan.FromHours(1) });
        var minute = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 - 5;
        await _server.Services.GetRequiredService<TaskUpkeepStore>().AddStatsAsync(
            [new() { Queue = _queue, Minute = minute, Processed = 7, Failed = 2 },
                new() { Queue = _queue, Minute = minute - 100, Processed = 9, Failed = 9 }], CancellationToken.None);
        var all = (await GetAsync($"{Admin}/queues")).Json;
        Assert.Superset(new HashSet<string?> { "critical", "default", "low", _queue },
            all.GetProperty("queues").EnumerateArray().Select(queue => queue.GetProperty("name").GetString())
                .ToHashSet());
        Assert.Equal("critical", all.GetProperty("queues")[0].GetProperty("name").GetString());
        var queue = (await QueueAsync())!.Value;
        Assert.Equal((1, 1, 0, 0), Counts(queue));
        Assert.Equal((1, false), (queue.GetProperty("weight").GetInt32(), queue.GetProperty("paused").GetBoolean()));
        Assert.True(queue.GetProperty("latency_seconds").GetDouble() > 0);
        Assert.Equal((60, 7),
            (queue.GetProperty("processed").GetArrayLength(), queue.GetProperty("processed").EnumerateArray()
                .Sum(number => number.GetInt32())));
        Assert.Equal((60, 2),
            (queue.GetProperty("failed").GetArrayLength(), queue.GetProperty("failed").EnumerateArray()
                .Sum(number => number.GetInt32())));
    }

    [SpecFact]
    public async Task A_task_is_run_archived_and_deleted()
    {
        var id = await EnqueueAsync("x", new TaskPlan { ProcessIn = TimeSpan.FromHours(1) });
        Assert.Equal("scheduled", await StateAsync(id));
        await ChangeAsync($"{id}/run", 1);
        Assert.Equal("pending", await StateAsync(id));
        await ChangeAsync($"{id}/archive", 1);
        Assert.Equal("archived", await StateAsync(id));
        await ChangeAsync($"{id}/archive", 0);
        await ChangeAsync($"{id}/run", 1);
        Assert.Equal("pending", await StateAsync(id));
        await ChangeAsync($"{id}/delete", 1);
        (await PostAsync($"{Admin}/{id}/delete")).IsRefused(404, "task not found");
        (await PostAsync($"{Admin}/{Unknown}/run")).IsRefused(404, "task not found");
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync($"{Admin}/nonsense/run")).Status);
    }

    [SpecFact]
    public async Task All_tasks_of_a_queue_in_a_state_are_run_archived_and_deleted()
    {
        for (var i = 0; i < 3; i++) await EnqueueAsync($"{i}", new TaskPlan { ProcessIn = TimeSpan.FromHours(1) });
        var other = await EnqueueAsync("pending");
        await ChangeAsync($"queues/{_queue}/scheduled/archive", 3);
        Assert.Equal((1, 0, 0, 3), Counts((await QueueAsync())!.Value));
        await ChangeAsync($"queues/{_queue}/archived/run", 3);
        Assert.Equal((4, 0, 0, 0), Counts((await QueueAsync())!.Value));
        await ChangeAsync($"queues/{_queue}/active/delete", 0);
        await ChangeAsync($"queues/{_queue}/pending/delete", 4);
        (await GetAsync($"/api/v1/tasks/{other}")).IsRefused(404, "task not found");
    }

    [SpecFact]
    public async Task A_queue_is_paused_and_resumed_even_before_it_was_used()
    {
        await EnqueueAsync("x");
        foreach (var name in new[] { _queue, "low" })
        {
            await ChangeAsync($"queues/{name}/pause", 1);
            Assert.True((await QueueAsync(name))!.Value.GetProperty("paused").GetBoolean());
            await ChangeAsync($"queues/{name}/resume", 1);
            Assert.False((await QueueAsync(name))!.Value.GetProperty("paused").GetBoolean());
        }
        (await PostAsync($"{Admin}/queues/never-used/pause")).IsRefused(404, "queue not found");
    }

    [SpecFact]
    public async Task An_impossible_request_is_refused_in_words()
    {
        (await GetAsync($"{Admin}?queue={_queue}&state=odd")).IsRefused(400,
            "the state must be one of pending, scheduled, retry, active, completed, archived");
        (await GetAsync($"{Admin}?state=pending")).IsRefused(400,
            "the name of a queue is 1 to 64 letters, digits, dots, dashes or underscores");
        (await GetAsync($"{Admin}?queue={_queue}&state=pending&limit=51")).IsRefused(400,
            "limit must be a whole number from 1 to 50");
        (await GetAsync($"{Admin}?queue={_queue}&state=pending&offset=-1")).IsRefused(400,
            "offset must be a whole number from 0 to 1000000");
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync($"{Admin}/queues/{_queue}/odd/delete")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync($"{Admin}/queues/a%20b/pause")).Status);
    }

    private async Task<Guid> EnqueueAsync(byte[] payload, TaskPlan? plan = null) =>
        (await _server.Services.GetRequiredService<ITaskQueue>()
            .EnqueueAsync("test", payload, (plan ?? TaskPlan.Default) with { Queue = _queue })).Id;

    private Task<Guid> EnqueueAsync(string payload, TaskPlan? plan = null) =>
        EnqueueAsync(Encoding.UTF8.GetBytes(payload), plan);

    private async Task<RestAnswer> GetAsync(string path)
    {
        var http = path.StartsWith(Admin, StringComparison.Ordinal) ? _server.Operators : _server.Http;
        using var response = await http.GetAsync(path);
        return await RestAnswer.ReadAsync(response);
    }

    private async Task<RestAnswer> PostAsync(string path)
    {
        using var response = await _server.Operators.PostAsync(path, null);
        return await RestAnswer.ReadAsync(response);
    }

    private async Task ChangeAsync(string what, int changed)
    {
        var answer = await PostAsync($"{Admin}/{what}");
        Assert.Equal((HttpStatusCode.OK, $$"""{"changed":{{changed}}}"""), (answer.Status, answer.Body));
    }

    private async Task<string?> StateAsync(Guid id) =>
        (await GetAsync($"/api/v1/tasks/{id}")).Json.GetProperty("state").GetString();

    private async Task<JsonElement?> QueueAsync(string? name = null) =>
        (await GetAsync($"{Admin}/queues")).Json.GetProperty("queues").EnumerateArray()
            .Single(queue => queue.GetProperty("name").GetString() == (name ?? _queue));

    private static (int Pending, int Scheduled, int Active, int Archived) Counts(JsonElement queue)
    {
        var counts = queue.GetProperty("counts");
        return (counts.GetProperty("pending").GetInt32(), counts.GetProperty("scheduled")
            .GetInt32(), counts.GetProperty("active").GetInt32(), counts.GetProperty("archived").GetInt32());
    }
}

public sealed class SqliteTaskAdminTests(TaskAdminServer fixture)
    : TaskAdminSpec(fixture), IClassFixture<TaskAdminServer>
{
    private protected override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresTaskAdminTests(TaskAdminServer fixture)
    : TaskAdminSpec(fixture), IClassFixture<TaskAdminServer>
{
    private protected override DatabaseKind Kind => DatabaseKind.Postgres;
}
