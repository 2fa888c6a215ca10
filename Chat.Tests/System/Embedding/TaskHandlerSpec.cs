using Chat.Server;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Embedding;

/// <summary>Tasks of an application in the chat's queue.</summary>
public abstract class TaskHandlerSpec : IAsyncLifetime
{
    private readonly Handled _handled = new();
    private TestDatabase _database = null!;

    internal abstract DatabaseKind Kind { get; }

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(Kind, migrated: false);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    // CH-303
    [SpecFact]
    public async Task A_task_runs_with_its_payload_and_again_under_its_id_until_it_is_done()
    {
        await using var host = await ForeignHost.StartAsync(WithTasks, app => app.MapChat());
        _handled.Fails = 2;
        var tasks = host.App.Services.GetRequiredService<IChatTasks>();
        var enqueued = await tasks.EnqueueAsync(new Greeting("ann", 7));
        Assert.False(enqueued.Duplicate);
        var runs = await _handled.Runs.TakeAsync(3);
        Assert.All(runs, run => Assert.Equal((new Greeting("ann", 7), enqueued.Id), (run.Payload, run.Run.Id)));
        Assert.Equal([1, 2, 3], runs.Select(run => run.Run.Attempt));
    }

    // CH-303
    [SpecFact]
    public async Task What_is_enqueued_runs_after_a_restart_and_a_unique_task_once()
    {
        // One that only enqueues.
        await using (var first = await ForeignHost.StartAsync(
            builder => WithTasks(builder, ("Tasks:Concurrency", "0")), app => app.MapChat()))
        {
            var tasks = first.App.Services.GetRequiredService<IChatTasks>();
            var plan = new TaskPlan { Queue = "low", UniqueFor = TimeSpan.FromHours(1) };
            Assert.False((await tasks.EnqueueAsync(new Greeting("ben", 1), plan)).Duplicate);
            Assert.True((await tasks.EnqueueAsync(new Greeting("ben", 1), plan)).Duplicate);
        }
        await using var second = await ForeignHost.StartAsync(builder => WithTasks(builder), app => app.MapChat());
        Assert.Equal(new Greeting("ben", 1), (await _handled.Runs.NextAsync()).Payload);
        await second.App.Services.GetRequiredService<IChatTasks>().EnqueueAsync(new Greeting("cem", 1));
        Assert.Equal(new Greeting("cem", 1), (await _handled.Runs.NextAsync()).Payload);
    }

    [SpecFact]
    public async Task One_that_is_given_up_is_archived_with_its_words()
    {
        await using var host = await ForeignHost.StartAsync(WithTasks, app => app.MapChat());
        await host.App.Services.GetRequiredService<IChatTasks>().EnqueueAsync(new Greeting("nobody", 0));
        await _handled.Runs.NextAsync();
        await Eventually.HoldsAsync(async () =>
            (await _database.QueryAsync($"select last_error from {Tasks} where finished_at is not null"))
            .Contains("nobody is there"));
    }

    [SpecFact]
    public async Task What_cannot_be_is_refused_in_words()
    {
        await using var host = await ForeignHost.StartAsync(WithTasks, app => app.MapChat());
        var tasks = host.App.Services.GetRequiredService<IChatTasks>();
        Assert.StartsWith("no handler takes a String",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => tasks.EnqueueAsync("text"))).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => tasks.EnqueueAsync(new Greeting("x", 1),
            new TaskPlan { MaxRetry = -1 }));
        await Assert.ThrowsAsync<ArgumentException>(() => tasks.EnqueueAsync(
            new Greeting(new string('x', 2_000_000), 1)));
        foreach (var (type, words) in new[]
        {
            ("chat.send", "there are tasks of the type chat.send already"),
            ("other", "there are tasks with a Greeting already"),
        })
        {
            await using var twice = ForeignHost.Make(builder =>
            {
                WithTasks(builder);
                _chat!.AddTaskHandler<Greeting, GreetingHandler>(type);
            });
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => twice.App.StartAsync());
            Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentException>(() => _chat!.AddTaskHandler<string, TextHandler>(""));
        Assert.Throws<ArgumentException>(() => _chat!.AddTaskHandler<string, TextHandler>(new string('x', 201)));
    }

    private IChatBuilder? _chat;

    private string Tasks => Kind == DatabaseKind.Postgres ? "chat.tasks" : "tasks";

    private void WithTasks(WebApplicationBuilder builder) => WithTasks(builder, []);

    private void WithTasks(WebApplicationBuilder builder, params (string Name, string Value)[] settings)
    {
        ForeignHost.SignsIn(builder);
        builder.Services.AddSingleton(_handled);
        _chat = builder.Services.AddChat(chat =>
        {
            chat.Settings["Tasks:RetryMilliseconds"] = "10";
            chat.Settings["Tasks:PollMilliseconds"] = "50";
            foreach (var (name, value) in settings) chat.Settings[name] = value;
        });
        if (Kind == DatabaseKind.Postgres) _chat.UsePostgres(_database.Settings.ConnectionString);
        else _chat.UseSqlite(_database.Settings.ConnectionString["Data Source=".Length..]);
        _chat.AddTaskHandler<Greeting, GreetingHandler>("greeting");
    }

    internal sealed record Greeting(string User, int Times);

    internal sealed class Handled
    {
        private int _fails;

        public int Fails
        {
            set => Volatile.Write(ref _fails, value);
        }

        public Inbox<(Greeting Payload, TaskRun Run)> Runs { get; } = new();

        public void Note(Greeting payload, TaskRun run)
        {
            Runs.Add((payload, run));
            if (Interlocked.Decrement(ref _fails) >= 0) throw new IOException("not now");
        }
    }

    /// <summary>With a service of the application.</summary>
    internal sealed class GreetingHandler(Handled handled) : ITaskHandler<Greeting>
    {
        public Task HandleAsync(Greeting payload, TaskRun run, CancellationToken ct)
        {
            handled.Note(payload, run);
            return payload.Times == 0 ? throw new TaskGivenUpException("nobody is there") : Task.CompletedTask;
        }
    }

    internal sealed class TextHandler : ITaskHandler<string>
    {
        public Task HandleAsync(string payload, TaskRun run, CancellationToken ct) => Task.CompletedTask;
    }
}

public sealed class SqliteTaskHandlerTests : TaskHandlerSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresTaskHandlerTests : TaskHandlerSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
