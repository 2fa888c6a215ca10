using Chat.ClientSdk;
using Chat.ClientSdk.Link;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Link;

/// <summary>A link on scripted connections and a clock that the test moves; half of every backoff bound is
/// waited.</summary>
internal sealed class LinkHarness : IAsyncDisposable
{
    public LinkHarness(Func<ChatClientOptions, ChatClientOptions>? change = null)
    {
        Options = new ChatClientOptions { Url = new Uri("http://test.invalid/hubs/chat"), TimeProvider = Time };
        Options = (change?.Invoke(Options) ?? Options).ForOneClient();
        Link = new ChatLink(Connector, Options, ChatClientTelemetry.For(Options), new Half());
        Link.Changes.Subscribe(States);
    }

    public ManualTime Time { get; } = new();

    public ChatClientOptions Options { get; }

    public ScriptedConnector Connector { get; } = new();

    public ChatLink Link { get; }

    public RecordedStates States { get; } = new();

    public async Task<LinkSession> SessionAsync() =>
        await Link.SessionAsync(CancellationToken.None).AsTask().WaitAsync(Bounds.Wait);

    /// <summary>Starts, and passes over the states up to the first connection.</summary>
    public async Task<ScriptedConnection> ConnectedAsync()
    {
        Link.Start();
        var connection = await Connector.NextAsync();
        await States.UntilAsync(ConnectionState.Connected);
        return connection;
    }

    /// <summary>Moves the clock to the end of the link's next wait, and says how long that was.</summary>
    public async Task<TimeSpan> PassWaitAsync()
    {
        while (true)
        {
            if ((await States.NextAsync()).NextAttemptIn is not { Ticks: > 0 } wait) continue;
            Time.Advance(wait);
            return wait;
        }
    }

    /// <summary>Ends when the link waits for a moment that is at most so far away.</summary>
    public Task WaitsForAsync(TimeSpan wait) => Eventually.HoldsAsync(() => Time.HasTimerWithin(wait));

    public async ValueTask DisposeAsync() => await Link.DisposeAsync().AsTask().WaitAsync(Bounds.Wait);

    private sealed class Half : Random
    {
        public override double NextDouble() => 0.5;
    }
}
