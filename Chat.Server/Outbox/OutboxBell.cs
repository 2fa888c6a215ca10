using Chat.Server.Concurrency;

namespace Chat.Server.Outbox;

/// <summary>Says that something may wait.</summary>
internal sealed class OutboxBell
{
    private readonly WakeOnce _wake = new();

    /// <summary>Names this process: it sends at once what it has put into an outbox itself.</summary>
    public static Guid Process { get; } = Guid.NewGuid();

    public void Ring() => _wake.Set();

    public Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct) =>
        _wake.WaitAsync(atMost, time, ct);
}
