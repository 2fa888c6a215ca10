using System.Globalization;

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

    /// <summary>Takes one, or as many as are said, all or none.</summary>
    /// <param name="due">The counter, 0 at first; any thread may use it.</param>
    /// <param name="now">Of <see cref="Clock"/>.</param>
    /// <param name="count">How many; more than the burst are taken for the burst, or they never could be.</param>
    /// <returns>Zero; or how long to wait, and then none was taken.</returns>
    public TimeSpan Take(ref long due, long now, int count = 1)
    {
        count = Math.Min(count, Burst);
        while (true)
        {
            var before = Volatile.Read(ref due);
            var start = Math.Max(before, now);
            var wait = start - (Burst - count) * Interval - now;
            if (wait > 0) return TimeSpan.FromTicks(wait);
            if (Interlocked.CompareExchange(ref due, start + count * Interval, before) == before) return TimeSpan.Zero;
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(ref long due, int count = 1) => Interlocked.Add(ref due, -Math.Min(count, Burst) * Interval);

    /// <summary>The steady pace in words, in the unit that makes it a whole number, if one does.</summary>
    public string Words
    {
        get
        {
            var (pace, unit) = (PerSecond, "second");
            if (!IsWhole(pace) && IsWhole(60 * PerSecond)) (pace, unit) = (60 * PerSecond, "minute");
            else if (!IsWhole(pace) && IsWhole(3_600 * PerSecond)) (pace, unit) = (3_600 * PerSecond, "hour");
            return string.Create(CultureInfo.InvariantCulture, $"{pace:0.###} per {unit}, {Burst} at once");
        }
    }

    private static bool IsWhole(double pace) => pace > 0.5 && Math.Abs(pace - Math.Round(pace)) < 1e-6;

    /// <summary>The time that counters are in: ticks of 100 ns since any moment.</summary>
    public static long Clock(TimeProvider time)
    {
        // In whole numbers: a timestamp may be too large for a double to have it exactly.
        var (seconds, rest) = Math.DivRem(time.GetTimestamp(), time.TimestampFrequency);
        return seconds * TimeSpan.TicksPerSecond + rest * TimeSpan.TicksPerSecond / time.TimestampFrequency;
    }
}
