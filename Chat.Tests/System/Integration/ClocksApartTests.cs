using System.Net.Http.Json;
using System.Text.Json;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Chat.Server.Room;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration;

/// <summary>Two instances on one database, and one machine's clock is wrong: nothing comes of it but a line in its
/// log.</summary>
[RequiresPostgres]
public sealed class ClocksApartTests : IAsyncLifetime
{
    private readonly InProcessBus _bus = new();
    private readonly ScriptedHandler _handler = new();
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [SpecFact]
    public Task Times_of_all_instances_are_the_databases() => ForEachAsync(TimesAsync);

    private async Task TimesAsync(int ahead)
    {
        await using var right = await StartAsync(0);
        await using var wrong = await StartAsync(ahead);
        var times = new List<DateTimeOffset>();
        foreach (var (server, user) in new[] { (right, "ann"), (wrong, "ben"), (right, "ann"), (wrong, "ben") })
        {
            await using var hub = await server.ConnectHubAsync(user);
            times.Add((await hub.SendAsync(ConversationId.Lobby, "now")).CreatedAt);
        }
        Assert.Equal(times.Order(), times);
        var age = await _database.QueryAsync(
            "select bool_and(abs(extract(epoch from now() - created_at)) < 60) from messages where kind = 0");
        Assert.Equal(["True"], age);
        Assert.Contains(wrong.Logs.All, log => log.Id.Id == 2010);
        Assert.DoesNotContain(right.Logs.All, log => log.Id.Id == 2010);
    }

    [SpecFact]
    public Task A_task_that_runs_is_not_taken_away_and_what_one_accepts_another_does_at_once() =>
        ForEachAsync(TasksAsync);

    private async Task TasksAsync(int ahead)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handler.Work = (_, _, ct) => release.Task.WaitAsync(ct);
        await using var right = await StartAsync(0);
        await using var wrong = await StartAsync(ahead, ("Chat:Tasks:Concurrency", "0"));
        var queue = wrong.Services.GetRequiredService<ITaskQueue>();
        var task = await queue.EnqueueAsync(ScriptedHandler.Type, []); // due now, in the eyes of both
        Assert.Equal(task.Id, (await _handler.NextAsync()).Run.Id);
        var now = wrong.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Assert.Equal(0, await wrong.Services.GetRequiredService<TaskUpkeepStore>()
            .RecoverAsync(now, "lost", CancellationToken.None));
        release.SetResult();
    }

    [SpecFact]
    public Task A_client_of_the_room_that_one_hears_from_is_not_removed_by_the_other() =>
        ForEachAsync(RoomAsync);

    private async Task RoomAsync(int ahead)
    {
        await using var right = await StartAsync(0);
        await using var wrong = await StartAsync(ahead);
        using (var joined = await right.Http.PostAsJsonAsync("/api/join", new { client_id = $"zoe{ahead}" }))
            joined.EnsureSuccessStatusCode();
        using (var joined = await wrong.Http.PostAsJsonAsync("/api/join", new { client_id = $"yan{ahead}" }))
            joined.EnsureSuccessStatusCode();
        foreach (var server in new[] { right, wrong })
            Assert.Empty(await server.Services.GetRequiredService<RoomClients>()
                .RemoveInactiveAsync(CancellationToken.None));
    }

    private static async Task ForEachAsync(Func<int, Task> check)
    {
        foreach (var ahead in new[] { 3_600, 90, -3_600 }) await check(ahead);
    }

    private Task<TestServer> StartAsync(int ahead, params (string Name, string Value)[] settings) =>
        TestServer.StartAsync(_database.Settings, _bus, services =>
        {
            services.AddSingleton(new InstanceClock(new ShiftedTime(TimeSpan.FromSeconds(ahead))));
            services.AddTaskHandler<ScriptedHandler>(ScriptedHandler.Type).AddSingleton(_handler);
        }, settings);
}
