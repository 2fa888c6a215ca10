using Chat.Server.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Server.Embedding;

/// <summary>The application's log, without what SignalR says of refusals: each an error with a stack trace. What is a
/// fault, <see cref="Transports.SignalR.RefusalFilter"/> logs.</summary>
internal sealed class HostLoggers(ILoggerFactory host) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(ChatHost.HubCalls, StringComparison.Ordinal)
            ? NullLogger.Instance
            : host.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => host.AddProvider(provider);

    // The application's, which ends it.
    public void Dispose() { }
}
