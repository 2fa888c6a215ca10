using System.Collections.Concurrent;

namespace Chat.Server.Concurrency;

/// <summary>Threads for blocking calls, so that they do not occupy the thread pool.</summary>
/// <param name="name">Their name.</param>
/// <param name="count">Maximum number of threads; each is started when it is first needed.</param>
internal sealed class BlockingThreads(string name, int count) : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private int _started;

    /// <summary>Runs the work on one of the threads; the task has its exception.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var context = ExecutionContext.Capture();
        try
        {
            _work.Add(() =>
            {
                if (context is null) Run();
                else ExecutionContext.Run(context, _ => Run(), null);
            });
        }
        catch (InvalidOperationException e)
        {
            throw new ObjectDisposedException(name, e);
        }
        if (_started < count && Interlocked.Increment(ref _started) is var number && number <= count) Start(number);
        return done.Task;

        void Run()
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }
    }

    /// <summary>Pending work is still run; then the threads end.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Start(int number) => new Thread(() =>
    {
        foreach (var work in _work.GetConsumingEnumerable()) work();
    })
    {
        Name = $"{name} {number}", IsBackground = true,
    }.Start();
}
