using System.Collections.Concurrent;
using System.Net;

namespace Chat.Server.Limits;

/// <summary>A counter for each address, of those that took anything lately.</summary>
/// <remarks>Bounded: beyond <see cref="Most"/> addresses the further ones share a counter, until others have rested
/// long enough to be forgotten.</remarks>
internal sealed class AddressCounters(Rate rate, TimeProvider time)
{
    public const int Most = 65_536;

    private static readonly long SweepTicks = TimeSpan.FromSeconds(1).Ticks;

    private readonly ConcurrentDictionary<AddressKey, Counter> _counters = new();
    private readonly Counter _rest = new();
    private long _count;
    private long _sweptAt = long.MinValue / 2;

    /// <summary>Takes one for this address.</summary>
    /// <returns>Zero; or how long to wait, and then none was taken.</returns>
    public TimeSpan Take(IPAddress? address) => Take(AddressKey.Of(address));

    /// <summary>The same, for an address whose key is known.</summary>
    public TimeSpan Take(AddressKey key)
    {
        var now = Rate.Clock(time);
        return rate.Take(ref Of(key, now).Due, now);
    }

    /// <summary>Gives one back that was taken.</summary>
    public void Return(IPAddress? address) => rate.Return(ref Of(AddressKey.Of(address), Rate.Clock(time)).Due);

    private Counter Of(AddressKey key, long now)
    {
        if (_counters.TryGetValue(key, out var counter)) return counter;
        if (Interlocked.Read(ref _count) >= Most) Sweep(now);
        if (Interlocked.Read(ref _count) >= Most) return _rest;
        var added = new Counter();
        counter = _counters.GetOrAdd(key, added);
        if (ReferenceEquals(counter, added)) Interlocked.Increment(ref _count);
        return counter;
    }

    /// <summary>Forgets those that are as if they had never taken anything. At most once per second: it looks at
    /// all.</summary>
    private void Sweep(long now)
    {
        var before = Interlocked.Read(ref _sweptAt);
        if (now - before < SweepTicks || Interlocked.CompareExchange(ref _sweptAt, now, before) != before) return;
        foreach (var (key, counter) in _counters)
            if (Interlocked.Read(ref counter.Due) <= now && _counters.TryRemove(key, out _))
                Interlocked.Decrement(ref _count);
    }

    private sealed class Counter
    {
        public long Due;
    }
}
