using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Connection;

/// <summary>The log of a single connection is detail: the link, which opens one after the other, logs what matters, in
/// one line each.</summary>
internal sealed class DetailLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new DetailLogger(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() { } // the application's own

    private sealed class DetailLogger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(Lowered(logLevel));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            inner.Log(Lowered(logLevel), eventId, state, exception, formatter);

        private static LogLevel Lowered(LogLevel level) => level is > LogLevel.Debug and < LogLevel.None
            ? LogLevel.Debug
            : level;
    }
}
