namespace Chat.Tests.Fixtures;

/// <summary>A clock that leaps when a test says so, as what lasts until a moment ends then. Its timestamps and timers
/// are the machine's.</summary>
internal sealed class LeapingTime : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Leap(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
