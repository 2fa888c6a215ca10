using Chat.Server.Connections;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.Drain;

/// <summary>Empties this instance before it stops: load balancers look elsewhere, clients are asked to connect again,
/// spread over a window.</summary>
/// <remarks>It must be over before the host stops: SignalR ends all hub connections at once as soon as that
/// begins.</remarks>
internal sealed partial class Drain(
    DrainState state, ConnectionRegistry connections, IOptions<ServerOptions> options, TimeProvider time,
    ILogger<Drain> logger)
{
    /// <summary>Kept back of the time of a shutdown, for what comes after the drain.</summary>
    private static readonly TimeSpan KeptBack = TimeSpan.FromSeconds(1);

    /// <summary>Shorter waits than a timer is good for: slots that lie closer together are taken together.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);

    /// <summary>Ends when all connections are gone, when the time is over, or when the host stops meanwhile. A second
    /// call ends at once.</summary>
    public async Task RunAsync()
    {
        if (!state.TryAnnounce()) return;
        var settings = options.Value;
        var started = time.GetTimestamp();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(settings.ShutdownSeconds) - KeptBack, time);
        using var now = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, state.Stopping);
        if (settings.DrainDelaySeconds > 0)
            await WaitAsync(TimeSpan.FromSeconds(settings.DrainDelaySeconds), now.Token);
        await state.LeaveAsync();
        var gone = await EmptyAsync(TimeSpan.FromSeconds(settings.DrainSeconds), now.Token);
        Log.Over(logger, (long)time.GetElapsedTime(started).TotalMilliseconds, gone[(int)Departure.Left],
            gone[(int)Departure.Closed], gone[(int)Departure.Cut]);
    }

    /// <returns>How many connections went, by how they did.</returns>
    private async Task<int[]> EmptyAsync(TimeSpan window, CancellationToken now)
    {
        var gone = new int[Enum.GetValues<Departure>().Length];
        var asked = new HashSet<Connection>();
        // Again, because of those that were just opening while new ones began to be refused.
        while (OpenExcept(asked) is { Length: > 0 } open)
        {
            asked.UnionWith(open);
            Random.Shared.Shuffle(open);
            foreach (var departure in await AskAsync(open, DrainPlan.For(open.Length, window), now))
                gone[(int)departure]++;
        }
        return gone;
    }

    /// <summary>Without polls: those are answered as soon as the instance leaves, and so are the ones that
    /// follow.</summary>
    private Connection[] OpenExcept(HashSet<Connection> asked) =>
        [.. connections.All.Where(connection => connection.Outbound is not null && !asked.Contains(connection))];

    private async Task<Departure[]> AskAsync(Connection[] open, DrainPlan plan, CancellationToken now)
    {
        Log.Begins(logger, open.Length, (long)(plan.Spread + plan.Grace).TotalMilliseconds);
        var started = time.GetTimestamp();
        var leaving = new Task<Departure>[open.Length];
        for (var i = 0; i < open.Length; i++)
        {
            var early = plan.SlotOf(i, open.Length) - time.GetElapsedTime(started);
            if (early >= ShortestWait) await WaitAsync(early, now);
            leaving[i] = SeeOffAsync(open[i], plan.Grace, now);
        }
        return await Task.WhenAll(leaving);
    }

    private async Task<Departure> SeeOffAsync(Connection connection, TimeSpan grace, CancellationToken now)
    {
        try
        {
            return await connection.LeaveAsync(grace, now);
        }
        catch (Exception e)
        {
            Log.Failed(logger, e); // of one connection, and the others must not stay because of it
            return Departure.Cut;
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken now) =>
        await Task.Delay(wait, time, now).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static partial class Log
    {
        [LoggerMessage(1030, LogLevel.Information,
            "Draining: {Connections} connections are asked to go, within {Milliseconds} ms")]
        public static partial void Begins(ILogger logger, int connections, long milliseconds);

        [LoggerMessage(1031, LogLevel.Information,
            "Drained after {Milliseconds} ms: {Left} connections left when asked, {Closed} were closed, "
                + "{Cut} were cut")]
        public static partial void Over(ILogger logger, long milliseconds, int left, int closed, int cut);

        [LoggerMessage(1032, LogLevel.Error, "A connection could not be asked to go")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
