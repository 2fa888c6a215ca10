namespace Chat.ClientSdk;

/// <summary>How a lost connection is restored: exponential backoff with full jitter.</summary>
/// <remarks>Before attempt n (from 0) the client waits a random time between zero and <see cref="FirstDelay"/>·2ⁿ, at
/// most <see cref="MaxDelay"/>. So the clients of a server that went down do not all return at once.</remarks>
public sealed record ReconnectOptions
{
    /// <summary>The upper bound of the first delay. Default 1 second.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The upper bound of every delay. Default 30 seconds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Number of attempts before the client gives up. Default null: no limit.</summary>
    public long? MaxAttempts { get; init; }
}
