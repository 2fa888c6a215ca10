using Chat.Server.Memory;

namespace Chat.Server.Hosting;

/// <summary>Gives memory back once a busy time is over: the collector itself does nothing while nothing is
/// allocated.</summary>
/// <remarks>After thousands of connections were opened, a third of the heap is what opening them left behind. One
/// compacting collection at a moment when nobody waits returns it; so does one once much was let go that was held
/// before. A server that is busy is never trimmed: only buffers that it did not need for ten seconds go.</remarks>
internal sealed class IdleTrim(MemoryBudget memory, BlockPools pools, TimeProvider time) : BackgroundService
{
    private const long WorthTrimming = 64 * 1024 * 1024, WorthLetGo = 16 * 1024 * 1024;
    private const long QuietPerBeat = 512 * 1024;

    private const int BeatsPerLook = 20;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, time);
        var (trimmed, held) = (GC.GetTotalAllocatedBytes(), memory.Held);
        var before = trimmed;
        for (var beats = 1; await beat.WaitForNextTickAsync(stoppingToken); beats++)
        {
            if (beats % BeatsPerLook == 0) pools.TrimUnneeded();
            var now = GC.GetTotalAllocatedBytes();
            var isWorth = now - trimmed > WorthTrimming || held - memory.Held > WorthLetGo;
            if (now - before < QuietPerBeat && isWorth)
            {
                pools.Trim();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                (trimmed, held) = (now, memory.Held);
            }
            before = now;
        }
    }
}
