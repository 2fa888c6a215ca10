using Chat.Server.Configuration;
using Chat.Server.FanOut.Backplane.Redis;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Operators;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Chat.Server.Hosting.Start;

/// <summary>One line when the server is up: where it listens and which database and Redis it uses.</summary>
internal sealed partial class StartAnnouncement(
    IServer server, DatabaseSettings database, IServiceProvider services, ILogger<StartAnnouncement> logger)
    : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var operators = services.GetService<OperatorsListener>()?.Bound();
        var addresses = (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            .Where(address => address != operators);
        Log.Started(logger, string.Join(", ", addresses.Select(ListenAddress.ForPeople)),
            DatabaseSettingsResolver.Describe(database), Redis());
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Log.Stopping(logger);
        return Task.CompletedTask;
    }

    private string Redis() => services.GetService<RedisSettings>() is { } redis ? $", Redis {redis.Describe()}" : "";

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Information, "Chat listens on {Addresses}, database {Database}{Redis}")]
        public static partial void Started(ILogger logger, string addresses, string database, string redis);

        [LoggerMessage(1001, LogLevel.Information, "Chat is shutting down")]
        public static partial void Stopping(ILogger logger);
    }
}
