using Chat.Server.Concurrency;

namespace Chat.Server.Outbox;

/// <summary>Says that something may wait.</summary>
internal sealed class OutboxBell
{
    private readonly WakeOnce _wake = new();

    /// <summary>Of this process: what it puts into an outbox it sends at once.</summary>
    public static Guid Process { get; } = Guid.NewGuid();

    public void Ring() => _wake.Set();

    public Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct) =>
        _wake.WaitAsync(atMost, time, ct);
}
