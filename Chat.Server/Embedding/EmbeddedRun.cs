using Chat.Server.Hosting;
using Chat.Server.Hosting.Start;
using Microsoft.Extensions.Options;

namespace Chat.Server.Embedding;

/// <summary>Starts and stops what runs in a chat, with the application. A loop of the chat that fails is logged, and
/// does not stop the application.</summary>
internal sealed partial class EmbeddedRun(EmbeddedChat chat, ILogger<EmbeddedRun> logger) : IHostedLifecycleService
{
    private readonly List<IHostedService> _started = [];

    private IEnumerable<IHostedLifecycleService> Lifecycles => _started.OfType<IHostedLifecycleService>();

    /// <summary>Before anything of the application is started.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var services = chat.Services;
        services.ValidateChatOptions();
        if (await services.MigrateAtStartAsync(cancellationToken) is { } problem)
            throw new InvalidOperationException($"the chat cannot start, and may not migrate: {problem}");
        await services.ClaimModeAsync();
    }

    /// <summary>Before a <see cref="WebApplication"/> listens: its web server is started last.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in chat.Services.GetServices<IHostedService>())
        {
            if (service is IHostedLifecycleService lifecycle) await lifecycle.StartingAsync(cancellationToken);
            _started.Add(service);
            await service.StartAsync(cancellationToken);
            if (service is BackgroundService { ExecuteTask: { } loop }) _ = WatchAsync(service, loop);
        }
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var service in Lifecycles) await service.StartedAsync(cancellationToken);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        foreach (var service in Lifecycles.Reverse()) await service.StoppingAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var service in _started.AsEnumerable().Reverse()) await TryStopAsync(service, cancellationToken);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var service in Lifecycles.Reverse()) await service.StoppedAsync(cancellationToken);
    }

    /// <summary>One that cannot be stopped must not keep the others from it.</summary>
    private async Task TryStopAsync(IHostedService service, CancellationToken ct)
    {
        try
        {
            await service.StopAsync(ct);
        }
        catch (Exception e)
        {
            Log.NotStopped(logger, service.GetType().Name, e);
        }
    }

    private async Task WatchAsync(IHostedService service, Task loop)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException)
        {
            // NOTE: the application stops.
        }
        catch (Exception e)
        {
            Log.Failed(logger, service.GetType().Name, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9740, LogLevel.Critical, "{Service} of the chat has failed, and is over until the next start")]
        public static partial void Failed(ILogger logger, string service, Exception exception);

        [LoggerMessage(9741, LogLevel.Error, "{Service} of the chat could not be stopped")]
        public static partial void NotStopped(ILogger logger, string service, Exception exception);
    }
}
