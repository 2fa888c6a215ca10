using System.Diagnostics;
using System.Numerics;

namespace Chat.Benchmarks.Load;

/// <summary>A log-linear histogram of durations, exact to 1.6 %, to be filled by many threads.</summary>
internal sealed class Latencies
{
    private const int SubBits = 6;
    private const int SubCount = 1 << SubBits;

    private readonly long[] _buckets = new long[(64 - SubBits) * SubCount];
    private long _max;

    public long Count => _buckets.Sum();

    /// <summary>In milliseconds.</summary>
    public double Max => ToMilliseconds(Volatile.Read(ref _max));

    public void Add(TimeSpan duration) => AddTicks((long)(duration.TotalSeconds * Stopwatch.Frequency));

    public void AddTicks(long ticks)
    {
        ticks = Math.Max(0, ticks);
        Interlocked.Increment(ref _buckets[BucketOf(ticks)]);
        long known;
        while (ticks > (known = Volatile.Read(ref _max))
            && Interlocked.CompareExchange(ref _max, ticks, known) != known) { }
    }

    /// <summary>In milliseconds; 0 without measurements.</summary>
    public double Quantile(double part)
    {
        var wanted = (long)(part * Count);
        long seen = 0;
        for (var i = 0; i < _buckets.Length; i++)
            if ((seen += _buckets[i]) > wanted) return ToMilliseconds(Math.Min(MiddleOf(i), Volatile.Read(ref _max)));
        return Max;
    }

    private static int BucketOf(long ticks)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)ticks | 1) - SubBits + 1);
        return shift * SubCount + (int)(ticks >> shift);
    }

    private static long MiddleOf(int bucket)
    {
        var shift = bucket / SubCount;
        return ((long)(bucket % SubCount) << shift) + (1L << shift) / 2;
    }

    private static double ToMilliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
}
