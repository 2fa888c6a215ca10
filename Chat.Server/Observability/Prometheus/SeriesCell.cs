namespace Chat.Server.Observability.Prometheus;

/// <summary>The running numbers of one series: one instrument and one set of tags.</summary>
/// <remarks>Written by any thread with interlocked operations only. A whole number costs one, because deliveries are
/// counted a million times a second.</remarks>
internal sealed class SeriesCell(string labels, double[]? bounds)
{
    private readonly long[]? _buckets = bounds is null ? null : new long[bounds.Length + 1];
    private long _whole;
    private double _real;
    private int _seenIn;

    /// <summary>The labels as Prometheus writes them, without braces; empty when there are none.</summary>
    public string Labels { get; } = labels;

    public double Value => Interlocked.Read(ref _whole) + Volatile.Read(ref _real);

    /// <summary>The collection in which an observed value was last there.</summary>
    public int SeenIn => _seenIn;

    public void Add(long value) => Interlocked.Add(ref _whole, value);

    public void Add(double value)
    {
        var before = Volatile.Read(ref _real);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref _real, before + value, before);
            if (found.Equals(before)) return;
            before = found;
        }
    }

    public void Set(double value, int collection)
    {
        Volatile.Write(ref _real, value);
        _seenIn = collection;
    }

    public void Record(double value)
    {
        var at = Array.BinarySearch(bounds!, value); // a bound belongs to its own bucket: le means less or equal
        Interlocked.Increment(ref _buckets![at < 0 ? ~at : at]);
        Add(value);
    }

    public long[] Buckets() => Array.ConvertAll(_buckets!, static count => count);
}
