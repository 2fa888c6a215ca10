namespace Chat.ClientSdk.Sending;

/// <summary>How messages are queued and sent. Immutable: change it with <c>with</c>.</summary>
public sealed record OutboxOptions
{
    /// <summary>Where accepted messages are kept. Default null: in the memory of this client only.</summary>
    /// <remarks>With a <see cref="FileOutboxStore"/> a message is accepted once it is on disk, and an app that was
    /// killed sends it at its next start.</remarks>
    public IOutboxStore? Store { get; init; }

    /// <summary>Maximum number of waiting and failed messages, all conversations together. Default 10,000, at least 1.
    /// Beyond it <c>SendAsync</c> waits for room, in the order of the calls.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>The same bound in bytes of text and attachment data. Default 16 MiB. A larger message is accepted by an
    /// empty outbox only.</summary>
    public long CapacityBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>When there is no room, <c>SendAsync</c> throws <see cref="ChatOutboxFullException"/> instead of
    /// waiting. Default false.</summary>
    public bool FailWhenFull { get; init; }

    /// <summary>Maximum number of messages per conversation that are under way at once. Default 32, at least
    /// 1.</summary>
    /// <remarks>A server stores the messages of one connection in the order of the calls. After a lost connection every
    /// unanswered message is sent again, oldest first. So the log has the order of the calls, with one exception: when
    /// the server fails to store a message (for instance because its database is not available) and recovers before it
    /// handles the messages behind it, those are stored first. With 1 that cannot happen, at the price of one round
    /// trip per message.</remarks>
    public int Window { get; init; } = 32;

    /// <summary>How long a message is tried, counted from the call. After that it fails with
    /// <see cref="ChatTimeoutException"/>. Default null: until there is a receipt or a refusal.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>A message is set aside when it was the first under way at this number of connection losses in a row: it
    /// fails with <see cref="ChatDisconnectedException"/>, and the others are sent. Default 3, at least 1; null:
    /// never.</summary>
    /// <remarks>A server handles the calls of a connection in their order. So the first call without an answer is the
    /// one that the server, or a proxy on the way, cannot handle.</remarks>
    public int? LossesUntilSetAside { get; init; } = 3;

    /// <summary>The first delay after the server answered with a temporary failure (<c>rate_limited</c>,
    /// <c>internal_error</c>). Default 200 ms; it doubles each time, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest such delay. Default 30 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        Require(Capacity >= 1, "Outbox.Capacity must be 1 or more.");
        Require(CapacityBytes >= 1, "Outbox.CapacityBytes must be 1 or more.");
        Require(Window >= 1, "Outbox.Window must be 1 or more.");
        Require(GiveUpAfter is not { } limit || limit > TimeSpan.Zero,
            "Outbox.GiveUpAfter must be more than zero, or null.");
        Require(LossesUntilSetAside is null or >= 1, "Outbox.LossesUntilSetAside must be 1 or more, or null.");
        Require(RetryDelay > TimeSpan.Zero && RetryDelay <= MaxRetryDelay,
            "Outbox.RetryDelay must be more than zero and at most MaxRetryDelay.");
        Require(MaxRetryDelay <= TimeSpan.FromHours(1), "Outbox.MaxRetryDelay must be at most an hour.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new ArgumentException(message);
    }
}
