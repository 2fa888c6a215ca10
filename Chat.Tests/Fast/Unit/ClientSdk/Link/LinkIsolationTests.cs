using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.ClientSdk.Link;

/// <summary>Code of the application (observers, loggers, callbacks) may throw or hang: the link works on.</summary>
public sealed class LinkIsolationTests
{
    [Fact]
    public async Task A_log_that_hangs_holds_up_nothing()
    {
        using var held = new ManualResetEventSlim();
        await using var link = new LinkHarness(options => options with { LoggerFactory = new HangingLog(held) });
        (await link.ConnectedAsync()).Lose();
        await link.PassWaitAsync();
        Assert.Equal(2, (await link.SessionAsync()).Number);
        held.Set();
    }

    [Fact]
    public async Task A_log_that_throws_harms_nothing()
    {
        await using var link = new LinkHarness(options => options with { LoggerFactory = new FullLog() });
        using var bad = link.Link.Listen(_ => throw new InvalidOperationException("a listener's fault, to be logged"));
        var connection = await link.ConnectedAsync();
        connection.Push(new Push.Entry(DrainTests.Message(1)));
        connection.Lose();
        await link.PassWaitAsync();
        Assert.Equal(2, (await link.SessionAsync()).Number);
    }

    [Fact]
    public async Task A_late_observer_gets_the_current_state_and_a_failing_one_harms_nobody()
    {
        await using var link = new LinkHarness();
        using var bad = link.Link.Changes.Subscribe(new FailingObserver());
        await link.ConnectedAsync();
        var late = new RecordedStates();
        using (link.Link.Changes.Subscribe(late))
            Assert.Equal(ConnectionState.Connected, (await late.NextAsync()).State);
        await link.Link.StopAsync();
        Assert.Equal(ConnectionState.Stopped, (await link.States.NextAsync()).State);
        Assert.True(late.IsEmpty);
    }

    [Fact]
    public async Task Hanging_application_code_does_not_stop_connecting()
    {
        using var held = new ManualResetEventSlim();
        await using var link = new LinkHarness();
        link.Connector.BeforeOpening = () => held.Wait(Bounds.Wait);
        link.Link.Start();
        await link.Connector.NextAsync();
        await link.WaitsForAsync(2 * link.Options.ConnectTimeout);
        link.Connector.BeforeOpening = null;
        link.Time.Advance(2 * link.Options.ConnectTimeout);
        await link.PassWaitAsync();
        await link.SessionAsync();
        held.Set();
    }

    [Fact]
    public async Task An_observer_that_hangs_holds_up_neither_the_link_nor_other_observers()
    {
        using var held = new ManualResetEventSlim();
        await using var link = new LinkHarness();
        var connection = await link.ConnectedAsync();
        using var hanging = link.Link.Changes.Subscribe(new HangingObserver(held));
        connection.Lose();
        await link.PassWaitAsync();
        await link.SessionAsync();
        held.Set();
    }

    private sealed class FailingObserver : IObserver<ConnectionStateChange>
    {
        public void OnNext(ConnectionStateChange value) => throw new InvalidOperationException("an observer's fault");

        public void OnCompleted() => throw new InvalidOperationException("an observer's fault");

        public void OnError(Exception error) { }
    }

    /// <summary>Hangs at the first bad news.</summary>
    private sealed class HangingObserver(ManualResetEventSlim held) : IObserver<ConnectionStateChange>
    {
        public void OnNext(ConnectionStateChange value)
        {
            if (value.State != ConnectionState.Connected) held.Wait(Bounds.Wait);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    /// <summary>A console that nobody reads.</summary>
    private sealed class HangingLog(ManualResetEventSlim held) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => held.Wait(Bounds.Wait);

        public void Dispose() { }
    }

    /// <summary>A log whose disk is full.</summary>
    private sealed class FullLog : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw Full();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => throw Full();

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => throw Full();

        public void Dispose() { }

        private static IOException Full() => new("disk full");
    }
}
