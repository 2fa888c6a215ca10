using System.Threading.Channels;

namespace ConsoleChat;

/// <summary>The one thread on which everything about the screen happens, as desktop frameworks have it: what is posted
/// runs in order, and what is awaited on it goes on there. So nothing in this program needs a lock, and no two writers
/// tear a line.</summary>
internal sealed class ScreenThread : SynchronizationContext
{
    private readonly Channel<(SendOrPostCallback Work, object? State)> _posted =
        Channel.CreateUnbounded<(SendOrPostCallback, object?)>();

    /// <summary>Makes the calling thread the screen's until the program is done.</summary>
    public static int Run(Func<ScreenThread, Task<int>> program)
    {
        var thread = new ScreenThread();
        SetSynchronizationContext(thread);
        var result = program(thread);
        result.ContinueWith(_ => thread._posted.Writer.Complete(), TaskScheduler.Default);
        while (thread._posted.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            while (thread._posted.Reader.TryRead(out var next)) next.Work(next.State);
        return result.GetAwaiter().GetResult();
    }

    /// <summary>What comes after the end is dropped.</summary>
    public override void Post(SendOrPostCallback d, object? state) => _posted.Writer.TryWrite((d, state));

    public void Post(Action work) => Post(static work => ((Action)work!)(), work);
}
