using Chat.Server.Configuration;

namespace Chat.Server.Operators;

/// <summary>One line when the server is up: the link that lets operators in.</summary>
internal sealed partial class OperatorsAnnouncement(
    OperatorsListener listener, OperatorKey key, ILogger<OperatorsAnnouncement> logger) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // A configured key is a secret; a generated one is known only from here.
        Log.Link(logger,
            $"{ListenAddress.ForPeople(listener.Bound())}{OperatorsPage.Path}{(key.IsMade ? "#" + key.Text : "")}",
            key.IsMade ? "" : ", with the key of Chat:Operators:Key");
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1063, LogLevel.Information, "Operators (API page, background tasks, metrics): {Link}{Key}")]
        public static partial void Link(ILogger logger, string link, string key);
    }
}
