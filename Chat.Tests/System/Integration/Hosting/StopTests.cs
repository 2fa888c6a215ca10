using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Tests.Integration.Hosting;

/// <summary>
/// A host may be stopped from two sides, and disposes its services when either is through: whatever runs at a stop
/// bears that the rest is gone.
/// </summary>
public abstract class StopSpec
{
    internal abstract DatabaseKind Kind { get; }

    [SpecFact]
    public async Task Every_service_may_be_stopped_again_while_the_host_stops_and_after_all_is_disposed()
    {
        await using var database = await TestDatabase.CreateAsync(Kind);
        await using var server = await StartAsync(database);
        var services = server.Services.GetServices<IHostedService>().Where(IsOurs).ToList();
        Assert.True(services.Count > 10, $"{services.Count} services of ours");
        // A service that ends before the host has begun to stop is a fault to the host.
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = server.Services.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.Register(stopping.SetResult);
        var stopped = server.DisposeAsync().AsTask();
        await stopping.Task.WaitAsync(Bounds.Wait);
        await Task.WhenAll([stopped, .. services.Select(StopAsync)]);
        foreach (var service in services) await StopAsync(service);
        foreach (var service in services.OfType<IDisposable>()) service.Dispose();
        foreach (var service in services) await StopAsync(service);
        var errors = server.TakeErrors();
        Assert.True(errors.Length == 0, errors);
    }

    [SpecFact]
    public async Task Services_may_be_used_and_disposed_again_after_their_disposal()
    {
        await using var database = await TestDatabase.CreateAsync(Kind);
        await using var server = await StartAsync(database);
        var work = server.Services.GetRequiredService<BackgroundWork>();
        var backplane = server.Services.GetRequiredService<IBackplane>();
        var store = server.Services.GetRequiredService<IMessageStore>();
        await server.DisposeAsync();

        // The program's own end may still be disposing what the factory has let go of.
        await Eventually.HoldsAsync(() => work.Stopping.IsCancellationRequested);
        backplane.Publish(BackplaneChannel.Everyone, new byte[] { 1 });
        await Eventually.HoldsAsync(async () => await CommitAsync(store) is not null);
        Assert.Equal(StoreFailure.Unavailable, Assert.IsType<StoreException>(await CommitAsync(store)).Failure);
        foreach (var one in new[] { work, (IAsyncDisposable)backplane })
            await one.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);
    }

    private static Task<Exception?> CommitAsync(IMessageStore store) => Record.ExceptionAsync(() =>
        store.CommitAsync(Drafts.Of(Drafts.Message(ConversationId.Lobby)), Drafts.Noon, CancellationToken.None));

    internal virtual Task<TestServer> StartAsync(TestDatabase database) => TestServer.StartAsync(database.Settings);

    private static Task StopAsync(IHostedService service) =>
        Task.Run(() => service.StopAsync(CancellationToken.None)).WaitAsync(Bounds.Wait);

    private static bool IsOurs(IHostedService service) =>
        service.GetType().Namespace!.StartsWith("Chat.", StringComparison.Ordinal);
}

public sealed class SqliteStopTests : StopSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
[RequiresRedis]
public sealed class PostgresStopTests : StopSpec, IAsyncLifetime
{
    private RedisServer _redis = null!;

    internal override DatabaseKind Kind => DatabaseKind.Postgres;

    public async Task InitializeAsync() => _redis = await RedisServer.StartNewAsync();

    public async Task DisposeAsync() => await _redis.DisposeAsync();

    internal override Task<TestServer> StartAsync(TestDatabase database) =>
        TestServer.StartAsync(database.Settings, ("REDIS_URL", $"redis://127.0.0.1:{_redis.Port}"));
}
