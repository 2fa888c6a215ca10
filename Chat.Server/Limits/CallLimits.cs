using System.Globalization;
using Chat.Contracts.Errors;

namespace Chat.Server.Limits;

/// <summary>The one place that decides whether a connection may do something once more, on every transport.</summary>
internal sealed class CallLimits
{
    /// <summary>After a message was refused, so long all of its connection's are. A client may have sent others
    /// before it heard of that: if one of these were taken, the order would be lost. What it may send meanwhile it may
    /// send afterwards.</summary>
    public static readonly TimeSpan SendPause = TimeSpan.FromSeconds(1);

    private readonly Rate[] _rates;
    private readonly string[] _reasons;
    private readonly bool _isOff;
    private readonly LimitMetrics _metrics;
    private readonly TimeProvider _time;

    public CallLimits(LimitsOptions options, LimitMetrics metrics, TimeProvider time)
    {
        (_metrics, _time, _isOff) = (metrics, time, options.Factor == 0);
        _rates = [.. Enumerable.Range(0, CallRates.Kinds)
            .Select(kind => CallRates.Of((LimitKind)kind).Times(options.Factor))];
        _reasons = [.. _rates.Select((rate, i) => Reason((LimitKind)i, rate))];
    }

    /// <summary>Takes one.</summary>
    /// <param name="counters">The connection's.</param>
    /// <param name="kind">Of those that connections count.</param>
    /// <returns>Null; or the refusal with the time to wait, and then none was taken.</returns>
    public ChatError? Take(ref CallCounters counters, LimitKind kind)
    {
        if (_isOff) return null;
        var wait = kind == LimitKind.Sends ? TakeSend(ref counters) : Take(ref counters, kind, Rate.Clock(_time));
        if (wait == TimeSpan.Zero) return null;
        _metrics.Refused(kind);
        return ChatError.WithRetry(ChatErrorCode.RateLimited, _reasons[(int)kind], wait);
    }

    public static string Reason(LimitKind kind, Rate rate) => string.Create(CultureInfo.InvariantCulture,
        $"{CallRates.Words(kind)} come too fast: {rate.PerSecond:0.###} per second, {rate.Burst} at once");

    private TimeSpan Take(ref CallCounters counters, LimitKind kind, long now) =>
        _rates[(int)kind].Take(ref counters[(int)kind], now);

    private TimeSpan TakeSend(ref CallCounters counters)
    {
        var now = Rate.Clock(_time);
        var pause = counters[CallCounters.Pause] - now;
        if (pause > 0) return TimeSpan.FromTicks(pause);
        var wait = Take(ref counters, LimitKind.Sends, now);
        if (wait == TimeSpan.Zero) return wait;
        if (wait < SendPause) wait = SendPause;
        counters[CallCounters.Pause] = now + wait.Ticks;
        return wait;
    }
}
