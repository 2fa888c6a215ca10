namespace Chat.Server.Persistence;

/// <summary>Stored times: whole microseconds, in UTC. What is written is what is read back.</summary>
internal static class Microseconds
{
    private const long TicksEach = TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TicksEach, TimeSpan.Zero);

    public static DateTimeOffset Add(DateTimeOffset time, long microseconds) =>
        new(time.UtcTicks + microseconds * TicksEach, TimeSpan.Zero);

    public static long ToUnix(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TicksEach;

    public static DateTimeOffset FromUnix(long microseconds) => Add(DateTimeOffset.UnixEpoch, microseconds);
}
