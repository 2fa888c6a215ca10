using System.Collections.Concurrent;

namespace Chat.Server.Concurrency;

/// <summary>Runs many small pieces of work on the thread pool, a few at a time and several in each turn: a turn of its
/// own for each would cost as much as the piece.</summary>
/// <param name="runners">How many run at a time.</param>
/// <param name="perTurn">How much one does before others have their turn on the thread pool.</param>
/// <param name="run">Does one piece, and says how much it was, at least 1. Quick; it throws nothing.</param>
internal sealed class Pump<T>(int runners, int perTurn, Func<T, int> run) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<T> _due = new();
    private int _running;

    public void Enqueue(T item)
    {
        _due.Enqueue(item);
        TryStartRunner();
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var done = 0; done < perTurn && _due.TryDequeue(out var item);) done += run(item);
        if (!_due.IsEmpty)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false); // behind what that work caused
            return;
        }
        Interlocked.Decrement(ref _running);
        if (!_due.IsEmpty) TryStartRunner(); // it came while this runner was ending
    }

    private void TryStartRunner()
    {
        var running = Volatile.Read(ref _running);
        while (running < runners)
        {
            var seen = Interlocked.CompareExchange(ref _running, running + 1, running);
            if (seen == running)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
            running = seen;
        }
    }
}
