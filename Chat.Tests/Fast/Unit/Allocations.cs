namespace Chat.Tests.Unit;

/// <summary>What calls allocate: counted, not timed.</summary>
internal static class Allocations
{
    private const int Calls = 1_000;

    /// <summary>The bytes of a call, by this thread, once all is compiled and every table is there. What the runtime
    /// makes once, while it compiles a method again, is in one round only.</summary>
    public static long BytesOf(Action call)
    {
        for (var i = 0; i < 100; i++) call();
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++) call();
            return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
        });
    }
}
