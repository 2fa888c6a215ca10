using Chat.Server.FanOut.Backplane.InProcess;
using Chat.Server.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A server whose clock stands still until a test moves it: no grace is over because the machine is
/// busy.</summary>
internal sealed class StandingServer : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly ManualTime _time;

    private StandingServer(TestServer server, ManualTime time) => (Server, _time) = (server, time);

    public TestServer Server { get; }

    public static Task<StandingServer> StartAsync(
        DatabaseSettings database, params (string Name, string Value)[] settings) =>
        StartAsync(database, new InProcessBus(), settings);

    public static async Task<StandingServer> StartAsync(
        DatabaseSettings database, InProcessBus bus, params (string Name, string Value)[] settings)
    {
        var time = new ManualTime();
        return new StandingServer(await TestServer.StartAsync(database, bus,
            services => services.AddSingleton<TimeProvider>(time), settings), time);
    }

    public Task DrainAsync() => Server.Services.GetRequiredService<Chat.Server.Hosting.Drain.Drain>().RunAsync();

    /// <summary>Lets time pass, in steps, only while somebody waits for a step's end and until the task has
    /// ended. What a step brought about is begun before the next one: on a busy machine a bound of seconds would be
    /// over before its work had a turn.</summary>
    /// <param name="work">What needs the time.</param>
    /// <param name="near">How far away the moments are that somebody waits for.</param>
    public async Task PassUntilAsync(Task work, TimeSpan near)
    {
        using var bound = new CancellationTokenSource(Bounds.Run); // hundreds of steps, each in a quiet moment
        while (!work.IsCompleted)
        {
            if (ThreadPool.PendingWorkItemCount == 0 && _time.HasTimerWithin(near)) _time.Advance(Step);
            await Task.Yield();
            bound.Token.ThrowIfCancellationRequested();
        }
        await work;
    }

    /// <summary>Ends when somebody waits for a moment that is so near. Time that passes before they do is lost on
    /// them.</summary>
    public Task IsWaitedForAsync(TimeSpan near) => Eventually.HoldsAsync(() => _time.HasTimerWithin(near));

    /// <summary>Lets this much time pass at once.</summary>
    public void Pass(TimeSpan time) => _time.Advance(time);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
