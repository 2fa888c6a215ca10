using System.Collections.Concurrent;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Queue;

/// <summary>When messages came to a reader: those of the burst by their number, others by their text.</summary>
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

    /// <summary>When the message with this text comes.</summary>
    public Task<long> Expect(string body) => _expected.GetOrAdd(body, _ => New()).Task.WaitAsync(Bound, time);

    /// <summary>When so many of the burst have come. Asked for before that is so.</summary>
    public Task<long> WhenAsync(int count) => _counts.GetOrAdd(count, _ => New()).Task.WaitAsync(Bound, time);

    private static TaskCompletionSource<long> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
