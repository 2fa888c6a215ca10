using System.Net;
using Chat.Contracts.Errors;

namespace Chat.Server.Limits;

/// <summary>How many requests over HTTP an address may make. In open mode nothing else is known of who asks.</summary>
internal sealed class RequestLimits
{
    private readonly AddressCounters? _counters;
    private readonly CountedAddresses _addresses;
    private readonly LimitMetrics _metrics;
    private readonly string _reason;

    public RequestLimits(LimitsOptions options, CountedAddresses addresses, LimitMetrics metrics, TimeProvider time)
    {
        (_addresses, _metrics) = (addresses, metrics);
        var rate = CallRates.Of(LimitKind.Requests).Times(options.Factor);
        _counters = options.Factor == 0 ? null : new AddressCounters(rate, time);
        _reason = CallLimits.Reason(LimitKind.Requests, rate);
    }

    /// <summary>Takes one.</summary>
    /// <returns>Null; or the refusal with the time to wait.</returns>
    public ChatError? Take(IPAddress? address)
    {
        if (_counters is null || _addresses.KeyOf(address) is not { } key) return null;
        var wait = _counters.Take(key);
        if (wait == TimeSpan.Zero) return null;
        _metrics.Refused(LimitKind.Requests);
        return ChatError.WithRetry(ChatErrorCode.RateLimited, _reason, wait);
    }
}
