using System.Net;
using Chat.Contracts.Errors;

namespace Chat.Server.Limits;

/// <summary>How many keys and tokens that are nobody's an address may try. A right one is never refused for what others
/// behind its address tried.</summary>
internal sealed class AttemptLimits
{
    private readonly AddressCounters? _counters;
    private readonly CountedAddresses _addresses;
    private readonly LimitMetrics _metrics;
    private readonly string _reason;

    public AttemptLimits(LimitsOptions options, CountedAddresses addresses, LimitMetrics metrics, TimeProvider time)
    {
        (_addresses, _metrics) = (addresses, metrics);
        var rate = CallRates.Of(LimitKind.Attempts).Times(options.Factor);
        _counters = options.Factor == 0 ? null : new AddressCounters(rate, time);
        _reason = CallRates.Words(LimitKind.Attempts, rate);
    }

    /// <summary>Counts one.</summary>
    /// <returns>Null; or the refusal with the time to wait.</returns>
    public ChatError? Take(IPAddress? address)
    {
        if (_counters is null || _addresses.KeyOf(address) is not { } key) return null;
        var wait = _counters.Take(key);
        if (wait == TimeSpan.Zero) return null;
        _metrics.Refused(LimitKind.Attempts);
        return ChatError.WithRetry(ChatErrorCode.RateLimited, _reason, wait);
    }
}
