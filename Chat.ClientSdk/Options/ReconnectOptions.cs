namespace Chat.ClientSdk;

/// <summary>How a lost connection is opened again: exponential backoff with full jitter.</summary>
/// <remarks>Before attempt n (from 0) the client waits a random time between zero and <see cref="FirstDelay"/>·2ⁿ, at
/// most <see cref="MaxDelay"/>. So the clients of a server that went down do not come back all at once.</remarks>
public sealed record ReconnectOptions
{
    /// <summary>The upper bound of the first wait. Default 1 second.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The upper bound of every wait. Default 30 seconds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts before the connection is given up and closes. Default null: never.</summary>
    public long? MaxAttempts { get; init; }
}
