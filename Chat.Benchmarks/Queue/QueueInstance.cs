using System.Globalization;
using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Server.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Benchmarks.Queue;

/// <summary>The stores and the queue as the server composes them, without the rest of the server.</summary>
internal sealed class QueueInstance : IAsyncDisposable
{
    private readonly IHost _host;

    private QueueInstance(IHost host) => _host = host;

    public ITaskQueue Queue => _host.Services.GetRequiredService<ITaskQueue>();

    public EmptyHandler Handler => _host.Services.GetRequiredService<EmptyHandler>();

    public static async Task<QueueInstance> StartAsync(DatabaseSettings database, int concurrency)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            [new("Chat:Tasks:Concurrency", concurrency.ToString(CultureInfo.InvariantCulture))]);
        builder.Logging.ClearProviders();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPersistence(database);
        builder.Services.AddMemoryBudget();
        builder.Services.AddTasks();
        builder.Services.AddTaskHandler<EmptyHandler>(EmptyHandler.Type);
        var instance = new QueueInstance(builder.Build());
        await instance._host.StartAsync();
        return instance;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }
}
