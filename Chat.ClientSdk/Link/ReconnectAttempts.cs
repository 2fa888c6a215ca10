using Chat.ClientSdk.Connection;

namespace Chat.ClientSdk.Link;

/// <summary>Counts the attempts since the last connection that lasted, and says how long to wait before the next
/// one.</summary>
internal sealed class ReconnectAttempts(ReconnectOptions? options, Random random)
{
    // Longer delays do not require a longer life: with a poor network, every few seconds of connection are useful.
    private static readonly TimeSpan LastingAtMost = TimeSpan.FromSeconds(5);

    private readonly Backoff _backoff = Backoff.For(options ?? new ReconnectOptions());
    private long _attempts;
    private long _waits;

    /// <summary>False when it is time to give up; else the delay before the attempt.</summary>
    /// <param name="atOnce">The attempt counts, but has no delay.</param>
    /// <param name="delay">The wait.</param>
    public bool TryNext(bool atOnce, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        var allowed = options is null ? (atOnce ? 1 : 0) : options.MaxAttempts ?? long.MaxValue;
        if (_attempts >= allowed) return false;
        _attempts++;
        if (!atOnce) delay = _backoff.Next(_waits++, random);
        return true;
    }

    /// <summary>Starts counting again, if the connection lived at least as long as the next delay could be, or 5
    /// seconds. So a client that is accepted and dropped again and again does not keep the pace of the first
    /// attempts.</summary>
    public bool Lasted(TimeSpan lived)
    {
        if (options is not null && lived < LastingAtMost && lived < _backoff.Bound(_waits)) return false;
        _attempts = _waits = 0;
        return true;
    }
}
