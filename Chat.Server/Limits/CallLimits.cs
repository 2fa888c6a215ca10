using Chat.Contracts.Errors;

namespace Chat.Server.Limits;

/// <summary>The one place that decides whether a connection may do something once more, on every transport.</summary>
internal sealed class CallLimits
{
    /// <summary>After a message was refused, so long all of its connection's are. A client may have sent others
    /// before it heard of that: if one of these were taken, the order would be lost. What it may send meanwhile it may
    /// send afterwards.</summary>
    public static readonly TimeSpan SendPause = TimeSpan.FromSeconds(1);

    private const string Behind = "a message of this connection was refused, and those behind it wait with it";

    private readonly Rate[] _rates;
    private readonly string[] _reasons;
    private readonly bool _isOff;
    private readonly LimitMetrics _metrics;
    private readonly TimeProvider _time;

    public CallLimits(LimitsOptions options, ClientLimits clients, LimitMetrics metrics, TimeProvider time)
    {
        (Clients, _metrics, _time, _isOff) = (clients, metrics, time, options.Factor == 0);
        _rates = [.. Enumerable.Range(0, CallRates.Kinds)
            .Select(kind => CallRates.Of((LimitKind)kind).Times(options.Factor))];
        _reasons = [.. _rates.Select((rate, i) => CallRates.Words((LimitKind)i, rate))];
    }

    /// <summary>What clients may do over all their connections.</summary>
    public ClientLimits Clients { get; }

    /// <summary>Takes one.</summary>
    /// <param name="counters">The connection's.</param>
    /// <param name="kind">Of those that connections count.</param>
    /// <param name="client">Whose messages are counted beside; null: nobody's.</param>
    /// <param name="bytes">Of a message: its length, as it came.</param>
    /// <returns>Null; or the refusal with the time to wait, and then none was taken.</returns>
    public ChatError? Take(ref CallCounters counters, LimitKind kind, ClientAccount? client = null, int bytes = 0)
    {
        if (_isOff) return null;
        return kind == LimitKind.Sends
            ? TakeSend(ref counters, client, bytes)
            : TakeOne(ref counters, kind, Rate.Clock(_time));
    }

    private ChatError? TakeOne(ref CallCounters counters, LimitKind kind, long now) =>
        _rates[(int)kind].Take(ref counters[(int)kind], now) is var wait && wait == TimeSpan.Zero
            ? null
            : Refuse(kind, _reasons[(int)kind], wait);

    private ChatError? TakeSend(ref CallCounters counters, ClientAccount? client, int bytes)
    {
        var now = Rate.Clock(_time);
        if (counters[CallCounters.Pause] - now is > 0 and var pause)
            return Refuse(LimitKind.Sends, Behind, TimeSpan.FromTicks(pause));
        var rate = _rates[(int)LimitKind.Sends];
        ref var own = ref counters[(int)LimitKind.Sends];
        var (wait, full) = (rate.Take(ref own, now), LimitKind.Sends);
        if (wait == TimeSpan.Zero)
        {
            wait = Clients.TakeSend(client, bytes, out full);
            if (wait == TimeSpan.Zero) return null;
            rate.Return(ref own);
        }
        if (wait < SendPause) wait = SendPause;
        counters[CallCounters.Pause] = now + wait.Ticks;
        return full == LimitKind.Sends
            ? Refuse(full, _reasons[(int)full], wait)
            : Clients.Refuse(full, wait);
    }

    private ChatError Refuse(LimitKind kind, string reason, TimeSpan wait)
    {
        _metrics.Refused(kind);
        return ChatError.WithRetry(ChatErrorCode.RateLimited, reason, wait);
    }
}
