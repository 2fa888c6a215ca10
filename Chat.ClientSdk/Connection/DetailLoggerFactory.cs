using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Connection;

/// <summary>What a single connection has to say is detail: the link, which makes one after the other, says what
/// matters, a line each time.</summary>
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
