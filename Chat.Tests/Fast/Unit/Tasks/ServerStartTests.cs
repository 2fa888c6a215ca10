using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.Tasks;

/// <summary>Work begins when the server listens.</summary>
public sealed class ServerStartTests : IAsyncDisposable
{
    private const string Type = "test.start";

    private readonly Lifetime _lifetime = new();

    public ValueTask DisposeAsync()
    {
        _lifetime.Dispose();
        return default;
    }

    [Fact]
    public async Task It_is_waited_for_and_once_it_has_started_nobody_waits()
    {
        var waiting = _lifetime.WhenStartedAsync(CancellationToken.None);
        waiting.IsCompleted.Should().BeFalse();
        _lifetime.Start();
        await waiting.WaitAsync(Bounds.Wait);
        await _lifetime.WhenStartedAsync(CancellationToken.None).WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task One_that_stops_before_it_has_started_ends_the_waiting()
    {
        using var stopping = new CancellationTokenSource();
        var waiting = _lifetime.WhenStartedAsync(stopping.Token);
        await stopping.CancelAsync();
        await waiting.Invoking(w => w).Should().ThrowAsync<OperationCanceledException>();
        _lifetime.Start(); // and is not remembered
    }

    [Fact]
    public async Task A_task_that_waits_is_not_begun_before_all_services_have_started()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var stores = new StoreHost(database.Settings))
            await stores.Tasks.EnqueueAsync([NewTasks.Of(Type)], Drafts.Noon, CancellationToken.None);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPersistence(database.Settings);
        builder.Services.AddMemoryBudget();
        builder.Services.AddTasks();
        builder.Services.AddSingleton<Last>();
        builder.Services.AddTaskHandler<StartHandler>(Type);
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Last>());
        using var host = builder.Build();
        await host.StartAsync().WaitAsync(Bounds.Wait);

        var hadStarted = await host.Services.GetRequiredService<StartHandler>().HadStarted.Task.WaitAsync(Bounds.Wait);

        hadStarted.Should().BeTrue();
        await host.StopAsync().WaitAsync(Bounds.Wait);
    }

    /// <summary>Starts last, as the web server does, and takes its time: until the queue has taken a task in, which is
    /// long after the workers could have begun.</summary>
    private sealed class Last(ITaskQueue queue) : IHostedService
    {
        public bool HasStarted { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            for (var i = 0; i < 20; i++) await queue.EnqueueAsync("test.other", [], ct: cancellationToken);
            HasStarted = true;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class StartHandler(Last last) : ITaskHandler<byte[]>
    {
        public TaskCompletionSource<bool> HadStarted { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
        {
            HadStarted.TrySetResult(last.HasStarted);
            return Task.CompletedTask;
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();

        public CancellationToken ApplicationStarted => _started.Token;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void Start() => _started.Cancel();

        public void StopApplication()
        {
        }

        public void Dispose() => _started.Dispose();
    }
}
