namespace Chat.Server.Limits;

/// <summary>So many per second for good, and so many at once. A counter of it is one number.</summary>
/// <remarks>The generic cell rate algorithm (ITU-T I.371, virtual scheduling): the number is the time at which all that
/// was taken would have been due at the steady pace.</remarks>
/// <param name="PerSecond">The steady pace.</param>
/// <param name="Burst">Number that may be taken at once after a rest; at least 1.</param>
internal readonly record struct Rate(double PerSecond, int Burst)
{
    /// <summary>The same, so many times faster and with so much more at once.</summary>
    public Rate Times(double factor) => new(PerSecond * factor, (int)Math.Clamp(Burst * factor, 1, int.MaxValue));

    private long Interval => (long)(TimeSpan.TicksPerSecond / PerSecond);

    /// <summary>Takes one.</summary>
    /// <param name="due">The counter, 0 at first; any thread may use it.</param>
    /// <param name="now">Of <see cref="Clock"/>.</param>
    /// <returns>Zero; or how long to wait, and then none was taken.</returns>
    public TimeSpan Take(ref long due, long now)
    {
        while (true)
        {
            var before = Volatile.Read(ref due);
            var start = Math.Max(before, now);
            var wait = start - (Burst - 1) * Interval - now;
            if (wait > 0) return TimeSpan.FromTicks(wait);
            if (Interlocked.CompareExchange(ref due, start + Interval, before) == before) return TimeSpan.Zero;
        }
    }

    /// <summary>Gives one back that was taken.</summary>
    public void Return(ref long due) => Interlocked.Add(ref due, -Interval);

    /// <summary>The time that counters are in: ticks of 100 ns since any moment.</summary>
    public static long Clock(TimeProvider time)
    {
        // In whole numbers: a timestamp may be too large for a double to have it exactly.
        var (seconds, rest) = Math.DivRem(time.GetTimestamp(), time.TimestampFrequency);
        return seconds * TimeSpan.TicksPerSecond + rest * TimeSpan.TicksPerSecond / time.TimestampFrequency;
    }
}
