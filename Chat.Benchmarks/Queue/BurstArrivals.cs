using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Queue;

/// <summary>Arrival times of a reader's messages: those of the burst by number, others by text.</summary>
internal sealed class BurstArrivals(ConversationId burst, TimeProvider time)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _expected = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<long>> _counts = new();
    private int _count;

    public void Note(MessageEntry message)
    {
        var now = time.GetTimestamp();
        if (message.ConversationId != burst)
        {
            if (_expected.TryRemove(message.Body ?? "", out var shown)) shown.TrySetResult(now);
        }
        else if (_counts.TryGetValue(++_count, out var reached)) reached.TrySetResult(now);
    }

    /// <summary>Completes when the message with this text arrives.</summary>
    public Task<long> Expect(string body) => _expected.GetOrAdd(body, _ => New()).Task.WaitAsync(Bound, time);

    /// <summary>Completes when this many messages of the burst have arrived. Call it before they do.</summary>
    public Task<long> WhenAsync(int count) => _counts.GetOrAdd(count, _ => New()).Task.WaitAsync(Bound, time);

    private static TaskCompletionSource<long> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
