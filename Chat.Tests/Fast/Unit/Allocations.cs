namespace Chat.Tests.Unit;

/// <summary>What calls allocate: counted, not timed.</summary>
internal static class Allocations
{
    private const int Calls = 1_000;

    /// <summary>The bytes of a call, by this thread, once all is compiled and every table is there. What the runtime
    /// makes once, while it compiles a method again or because a table of its own grows with what other tests do, is in
    /// one round only.</summary>
    /// <param name="call">What is counted.</param>
    /// <param name="calls">In a round. Fewer, where one call is much work.</param>
    public static long BytesOf(Action call, int calls = Calls)
    {
        for (var i = 0; i < calls / 10; i++) call();
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < calls; i++) call();
            return (GC.GetAllocatedBytesForCurrentThread() - before) / calls;
        });
    }
}
