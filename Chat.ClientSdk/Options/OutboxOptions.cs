namespace Chat.ClientSdk.Sending;

/// <summary>How messages wait and are sent. Immutable: change it with <c>with</c>.</summary>
public sealed record OutboxOptions
{
    /// <summary>Where accepted messages are kept. Default null: in this client only, and gone with it.</summary>
    /// <remarks>With a <see cref="FileOutboxStore"/> a message counts as accepted when it is on disk, and a killed app
    /// sends it at its next start.</remarks>
    public IOutboxStore? Store { get; init; }

    /// <summary>Messages that may wait or be shown as failed, all conversations together. Default 10,000, at least 1.
    /// Beyond it <c>SendAsync</c> waits for room, in the order of the calls.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>The same bound in bytes of text and attachment data. Default 16 MiB. A larger message is accepted by an
    /// empty outbox only.</summary>
    public long CapacityBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>When there is no room, <c>SendAsync</c> throws <see cref="ChatOutboxFullException"/> instead of
    /// waiting. Default false.</summary>
    public bool FailWhenFull { get; init; }

    /// <summary>Messages of one conversation that may be under way at once. Default 32, at least 1.</summary>
    /// <remarks>A server stores what one connection sends in the order of the calls, and after a lost connection
    /// everything unanswered is sent again from the oldest, so the order of the log is the order of the calls. There is
    /// one exception: when the server fails to store a message (its database is away, say) and recovers before it comes
    /// to those already under way behind it, these are stored before it. With 1 that cannot happen either, at the price
    /// of one round trip a message.</remarks>
    public int Window { get; init; } = 32;

    /// <summary>How long a message is tried, from the call. After that it fails with
    /// <see cref="ChatTimeoutException"/>. Default null: until there is a receipt or a refusal.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>A message that was the first under way whenever the connection got lost, so many times in a row, is set
    /// aside: it fails with <see cref="ChatDisconnectedException"/>, and the others are sent. Default 3, at least 1;
    /// null: never.</summary>
    /// <remarks>A server works off the calls of a connection in their order. So the first without an answer is the one
    /// that it, or a proxy on the way, cannot take.</remarks>
    public int? LossesUntilSetAside { get; init; } = 3;

    /// <summary>The first wait after the server answered that it cannot now (<c>rate_limited</c>,
    /// <c>internal_error</c>). Default 200 ms; it doubles each time, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest such wait. Default 30 seconds.</summary>
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
