using Chat.Server.FanOut;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>Leaves out what a library takes for an error while the instance stops: that it waited in vain for the first
/// answer of Redis.</summary>
internal sealed class LogUntilStop<T>(ILogger<T> inner, BackgroundWork background) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (exception is OperationCanceledException && background.Stopping.IsCancellationRequested) return;
        inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
