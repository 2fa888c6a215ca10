using Chat.Server.Callers;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;
using Chat.Server.Web;

namespace Chat.Server.Tasks.Admin;

internal static class TaskAdminRegistration
{
    private const string Example = "019a0000-0000-7000-8000-000000000001";

    public static IServiceCollection AddTaskAdmin(this IServiceCollection services) =>
        services.AddSingleton<TaskViews>().AddSingleton<TaskAdminEndpoints>().AddSingleton<TaskStatusEndpoint>();

    /// <summary>A task's state, for its sender.</summary>
    public static void MapTaskState(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGroup("/api/v1/tasks").WithTags("Tasks").AnswerRefusals()
            .MapGet("/{id}", (HttpContext http, string id, TaskStatusEndpoint handler) => handler.AnswerAsync(http, id))
            .Describe("getTask", "State of a task", body: null, StatusCodes.Status200OK,
                $$"""{"id":"{{Example}}","type":"chat.send","queue":"chat","state":"completed","attempts":1,"max_retry":25,"last_error":null,"enqueued_at":"2025-01-01T12:00:00.000000Z","run_at":"2025-01-01T12:00:00.000000Z","finished_at":"2025-01-01T12:00:00.010000Z"}""",
                ("id", "string", "The task."));

    /// <summary>For operators: the page <c>/tasks</c> and the API beside it.</summary>
    public static IEndpointRouteBuilder MapTaskAdmin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGroup("").AnswerRefusals().MapAdmin();
        endpoints.MapPage();
        return endpoints;
    }

    private static void MapAdmin(this RouteGroupBuilder endpoints)
    {
        var tasks = endpoints.MapGroup("/api/v1/admin/tasks").WithTags("Background queue")
            .RequireScope(KeyScopes.Operator);
        tasks.MapGet("/queues", (HttpContext http, TaskAdminEndpoints handler) => handler.QueuesAsync(http))
            .Describe("listQueues", "Queues: depth, latency, and work of the last 60 minutes", body: null,
                StatusCodes.Status200OK,
                """{"now":"2025-01-01T12:00:00.000000Z","from":"2025-01-01T11:01:00.000000Z","queues":[{"name":"default","weight":3,"paused":false,"counts":{"pending":0,"scheduled":0,"retry":0,"active":0,"completed":0,"archived":0},"latency_seconds":0,"processed":[0],"failed":[0]}]}""");
        tasks.MapGet("", (HttpContext http, TaskAdminEndpoints handler) => handler.TasksAsync(http))
            .Describe("listTasks", "Tasks of a queue in a state", body: null, StatusCodes.Status200OK,
                """{"queue":"default","state":"pending","offset":0,"limit":20,"now":"2025-01-01T12:00:00.000000Z","tasks":[]}""",
                ("queue", "string", "The queue."), ("state", "string", string.Join(", ", TaskAdminArguments.States)),
                ("offset", "integer", "Number of tasks to skip."),
                ("limit", "integer", "Maximum number of tasks (1–50, default 20)."));
        foreach (var (verb, change, summary) in new[] { ("run", TaskChange.Run, "Run now"),
            ("archive", TaskChange.Archive, "Give up"), ("delete", TaskChange.Delete, "Delete") })
        {
            tasks.MapPost($"/{{id}}/{verb}",
                (HttpContext http, string id, TaskAdminEndpoints handler) => handler.ChangeOneAsync(http, id, change))
                .Describe(
                    $"{verb}Task", $"{summary}: one task", body: null, StatusCodes.Status200OK, ChangedAnswer.Example,
                    ("id", "string", "The task."));
            tasks.MapPost($"/queues/{{name}}/{{state}}/{verb}",
                (HttpContext http, string name, string state, TaskAdminEndpoints handler) =>
                    handler.ChangeAllAsync(http, name, state, change))
                .Describe(
                    $"{verb}Tasks", $"{summary}: all of a queue in a state", body: null, StatusCodes.Status200OK,
                    ChangedAnswer.Example,
                    ("name", "string", "The queue."),
                    ("state", "string", string.Join(", ", TaskAdminArguments.States)));
        }
        foreach (var (verb, isPaused) in new[] { ("pause", true), ("resume", false) })
        {
            tasks.MapPost($"/queues/{{name}}/{verb}",
                (HttpContext http, string name, TaskAdminEndpoints handler) => handler.PauseAsync(http, name, isPaused))
                .Describe($"{verb}Queue", isPaused ? "Pause a queue" : "Resume a queue",
                    body: null, StatusCodes.Status200OK, ChangedAnswer.Example, ("name", "string", "The queue."));
        }
    }

    private static void MapPage(this IEndpointRouteBuilder endpoints)
    {
        var page = new EmbeddedPage("tasks-page/", "tasks.html");
        string[] reads = [HttpMethods.Get, HttpMethods.Head];
        endpoints.MapMethods("/tasks", reads, (HttpContext http) => page.WriteAsync(http, null))
            .ExcludeFromDescription();
        endpoints.MapMethods("/tasks/{file}", reads,
            (HttpContext http, string file) => page.WriteAsync(http, file)).ExcludeFromDescription();
    }
}
