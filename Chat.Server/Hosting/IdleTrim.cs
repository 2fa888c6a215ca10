using Chat.Server.Memory;

namespace Chat.Server.Hosting;

/// <summary>Gives memory back once a busy time is over: the collector itself does nothing while nothing is
/// allocated.</summary>
/// <remarks>After thousands of connections were opened, a third of the heap is what opening them left behind. One
/// compacting collection at a moment when nobody waits returns it; so does one once much was let go that was held
/// before. A server that is busy is never trimmed.</remarks>
internal sealed class IdleTrim(MemoryBudget memory, TimeProvider time) : BackgroundService
{
    private const long WorthTrimming = 64 * 1024 * 1024, WorthLetGo = 16 * 1024 * 1024;
    private const long QuietPerBeat = 512 * 1024;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, time);
        var (trimmed, held) = (GC.GetTotalAllocatedBytes(), memory.Held);
        var before = trimmed;
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            var now = GC.GetTotalAllocatedBytes();
            var isWorth = now - trimmed > WorthTrimming || held - memory.Held > WorthLetGo;
            if (now - before < QuietPerBeat && isWorth)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                (trimmed, held) = (now, memory.Held);
            }
            before = now;
        }
    }
}
