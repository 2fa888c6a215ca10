using System.Diagnostics;

namespace Chat.Benchmarks.Load.Traffic;

/// <summary>What counts towards the figures: deliveries of messages that were sent within the window.</summary>
internal sealed class TrafficMeter(uint run)
{
    private long _from = long.MaxValue;
    private long _to = long.MaxValue;

    public uint Run => run;

    public Latencies Deliveries { get; private set; } = new();

    public Latencies Acknowledgements { get; private set; } = new();

    /// <summary>Seconds that were measured.</summary>
    public double Seconds => (Volatile.Read(ref _to) - Volatile.Read(ref _from)) / (double)Stopwatch.Frequency;

    /// <summary>Begins a window of its own histograms.</summary>
    public void Open()
    {
        Deliveries = new Latencies();
        Acknowledgements = new Latencies();
        Volatile.Write(ref _to, long.MaxValue);
        Volatile.Write(ref _from, Stopwatch.GetTimestamp());
    }

    public void Close() => Volatile.Write(ref _to, Stopwatch.GetTimestamp());

    public void Delivered(long sentAt) => Add(Deliveries, sentAt);

    public void Acknowledged(long sentAt) => Add(Acknowledgements, sentAt);

    private void Add(Latencies latencies, long sentAt)
    {
        if (sentAt >= Volatile.Read(ref _from) && sentAt < Volatile.Read(ref _to))
            latencies.AddTicks(Stopwatch.GetTimestamp() - sentAt);
    }
}
