using Chat.ClientSdk;
using Chat.ClientSdk.Link;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Unit.ClientSdk.Sending;

internal static class TestOutbox
{
    public static readonly ConversationId Room = ConversationId.Lobby;
    public static readonly ConversationId Other = new(new Guid("00000000-0000-0000-0000-0000000000aa"));

    public static Outbox Create(IChatLink link, OutboxOptions? options = null, TimeProvider? time = null) =>
        new(link, options ?? new OutboxOptions(), time ?? new HurriedTime(), NullLogger.Instance,
            ChatClientTelemetry.For(new ChatClientOptions { Url = new Uri("http://127.0.0.1") }))
        {
            Owner = Task.FromResult("http://127.0.0.1/hubs/chat ann"),
        };

    public static string[] Bodies(int count) => [.. Enumerable.Range(1, count).Select(i => $"m{i}")];

    public static async Task<SendReceipt[]> SendAllAsync(Outbox outbox, int count) =>
        await Task.WhenAll(Bodies(count).Select(body => outbox.SendAsync(Room, body, null, default)))
            .WaitAsync(Bounds.Wait);
}

/// <summary>A clock whose waits end at once, each having moved it on: a test of waits that waits for nothing.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private readonly DateTimeOffset _start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private long _ticks;

    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => _start + Waited;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero) return System.CreateTimer(callback, state, dueTime, period);
        return System.CreateTimer(
            due =>
            {
                Interlocked.Add(ref _ticks, dueTime.Ticks);
                callback(due);
            },
            state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
