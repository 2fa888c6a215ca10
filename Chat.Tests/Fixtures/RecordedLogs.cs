using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Fixtures;

internal sealed record RecordedLog(string Category, LogLevel Level, EventId Id, string Text, Exception? Exception);

/// <summary>Keeps what is logged, for a test to look at.</summary>
internal sealed class RecordedLogs : ILoggerProvider
{
    public ConcurrentQueue<RecordedLog> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, All);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<RecordedLog> all) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            all.Enqueue(new RecordedLog(category, logLevel, eventId, formatter(state, exception), exception));
    }
}
