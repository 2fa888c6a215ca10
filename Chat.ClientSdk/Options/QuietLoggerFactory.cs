using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.ClientSdk;

/// <summary>The application's log, which may fail or hang without harm: lines are written on another thread, and
/// exceptions are dropped, because they cannot be reported anywhere.</summary>
internal sealed class QuietLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName)
    {
        try
        {
            return new QuietLogger(inner.CreateLogger(categoryName));
        }
        catch (Exception)
        {
            return NullLogger.Instance;
        }
    }

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() { } // the application's own

    private sealed class QuietLogger(ILogger inner) : ILogger
    {
        private readonly Aside<(Action Write, ExecutionContext? Context)> _lines =
            new(static line => Write(line.Write, line.Context));

        // A scope belongs to the thread that begins it, and the SDK begins none.
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel)
        {
            try
            {
                return inner.IsEnabled(logLevel);
            }
            catch (Exception)
            {
                return false;
            }
        }

        // With its context, so that the scopes and the trace of the caller are on the line.
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                _lines.Add((() => inner.Log(logLevel, eventId, state, exception, formatter),
                    ExecutionContext.Capture()));
        }

        private static void Write(Action write, ExecutionContext? context)
        {
            try
            {
                if (context is null) write();
                else ExecutionContext.Run(context, static write => ((Action)write!)(), write);
            }
            catch (Exception)
            {
                // NOTE: see above.
            }
        }
    }
}
