namespace Chat.Tests.Fixtures;

/// <summary>The clock of a machine that is off by so much. Its timestamps and timers are right.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
