using System.Diagnostics;
using Chat.Contracts.Entries;

namespace Chat.Tests.Fixtures;

/// <summary>Reads a stream in the background, at once or when it is let; what came, and how it ended.</summary>
internal sealed class Consumer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ConversationEntry> _entries = [];
    private readonly Task<Exception?> _reading;
    private TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _mayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Consumer(IAsyncEnumerable<ConversationEntry> stream, bool isHeld = false)
    {
        if (!isHeld) _mayGoOn.SetResult();
        _reading = Task.Run(() => ReadAsync(stream));
    }

    public IReadOnlyList<ConversationEntry> Entries
    {
        get
        {
            lock (_entries) return [.. _entries];
        }
    }

    public int Count
    {
        get
        {
            lock (_entries) return _entries.Count;
        }
    }

    public bool IsOver => _reading.IsCompleted;

    public void Release() => _mayGoOn.TrySetResult();

    /// <summary>From the next entry on it is busy until it is released.</summary>
    public void Hold()
    {
        if (_mayGoOn.Task.IsCompleted) _mayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends when so many have come, and there are no more than that.</summary>
    /// <param name="count">How many, all in all.</param>
    /// <param name="while_">Done over and over until then. Without it the wait costs nothing.</param>
    public async Task HasAsync(int count, Action? while_ = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            Task came;
            lock (_entries)
            {
                if (_entries.Count >= count) break;
                came = _came.Task;
            }
            if (_reading.IsCompleted && Count < count)
                Assert.Fail($"the stream ended after {Count} of {count}: {await _reading}");
            var left = Bounds.Wait - Stopwatch.GetElapsedTime(started);
            Assert.True(left > TimeSpan.Zero, $"{Count} of {count} came");
            while_?.Invoke();
            if (while_ is not null) await Task.Yield();
            else await ((Task)Task.WhenAny(came, _reading)).WaitAsync(left)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        Assert.Equal(count, Count);
    }

    public void IsContiguousFrom(long first) =>
        Assert.Equal(Enumerable.Range(0, Count).Select(i => first + i), Entries.Select(entry => entry.Sequence));

    /// <summary>Waits for the end of the stream: null when it ended by itself.</summary>
    public Task<Exception?> EndAsync() => _reading.WaitAsync(Bounds.Wait);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Release();
        await _reading.WaitAsync(Bounds.Wait);
    }

    private async Task<Exception?> ReadAsync(IAsyncEnumerable<ConversationEntry> stream)
    {
        try
        {
            await foreach (var entry in stream.WithCancellation(_stop.Token))
            {
                TaskCompletionSource came;
                lock (_entries)
                {
                    _entries.Add(entry);
                    (came, _came) = (_came, new(TaskCreationOptions.RunContinuationsAsynchronously));
                }
                came.SetResult();
                await _mayGoOn.Task;
            }
            return null;
        }
        catch (Exception ex)
        {
            return ex;
        }
    }
}
