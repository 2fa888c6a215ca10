using Chat.Contracts.Errors;

namespace Chat.Server.Limits;

/// <summary>Hub connections that were negotiated and not opened yet. The framework keeps each for 15 s, so how many
/// there may be is a bound of memory: it holds whatever limits are set or switched off.</summary>
/// <remarks>Those of the current span of time and of the one before count: so one that is never opened counts for at
/// least a whole span.</remarks>
internal sealed class NegotiatedConnections(LimitMetrics metrics, TimeProvider time)
{
    /// <summary>About 3 KB each.</summary>
    public const int Most = 16_384;

    /// <summary>The framework looks once a second for those that are 15 s old.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long _began = time.GetTimestamp();
    private int _earlier, _lately;

    /// <summary>One more is negotiated.</summary>
    /// <returns>Null; or the refusal, and then it is not.</returns>
    public ChatError? Add()
    {
        lock (_gate)
        {
            Turn_NeedsLock();
            if (_earlier + _lately < Most)
            {
                _lately++;
                return null;
            }
        }
        metrics.Refused(LimitKind.Connections);
        return ChatError.WithRetry(ChatErrorCode.TooManyConnections,
            $"{Most} connections were negotiated and not opened, as many as there may be", Retry);
    }

    /// <summary>One of them is opened.</summary>
    public void Open()
    {
        lock (_gate)
        {
            Turn_NeedsLock();
            if (_earlier > 0) _earlier--;
            else if (_lately > 0) _lately--;
        }
    }

    private void Turn_NeedsLock()
    {
        var past = time.GetElapsedTime(_began);
        if (past < Kept) return;
        _earlier = past < 2 * Kept ? _lately : 0;
        (_lately, _began) = (0, time.GetTimestamp());
    }
}
