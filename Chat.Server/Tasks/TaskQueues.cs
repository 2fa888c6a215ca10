using System.Collections.Concurrent;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Tasks;

/// <summary>Which queues there are and which of them are paused, as this instance knows it.</summary>
internal sealed class TaskQueues(TaskUpkeepStore store, TasksOptions options)
{
    private readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);
    private volatile HashSet<string> _paused = [];

    public IReadOnlyDictionary<string, int> Weights { get; } = options.Weights();

    /// <summary>Queues that tasks may be taken from, with their weights; one that is not listed has weight 1.</summary>
    public List<(string Name, int Weight)> Open()
    {
        var paused = _paused;
        return [.. Weights.Keys.Union(_known.Keys).Where(name => !paused.Contains(name))
            .Select(name => (name, Weights.GetValueOrDefault(name, 1)))];
    }

    /// <summary>Makes those that are new known to everybody.</summary>
    public async ValueTask EnsureAsync(IEnumerable<string> names, CancellationToken ct)
    {
        var unknown = names.Where(name => !_known.ContainsKey(name)).Distinct().ToList();
        if (unknown.Count == 0) return;
        await store.AddQueuesAsync(unknown, ct);
        foreach (var name in unknown) _known.TryAdd(name, 0);
    }

    /// <summary>One was used; <see cref="ReadAsync"/> makes it known.</summary>
    public void Note(string name)
    {
        if (!_known.ContainsKey(name)) _noted.TryAdd(name, 0);
    }

    private readonly ConcurrentDictionary<string, byte> _noted = new(StringComparer.Ordinal);

    /// <summary>Learns of queues that others use, and of pauses.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        if (!_noted.IsEmpty)
        {
            var noted = _noted.Keys.ToList();
            await EnsureAsync(noted, ct);
            foreach (var name in noted) _noted.TryRemove(name, out _);
        }
        var rows = await store.QueuesAsync(ct);
        foreach (var row in rows) _known.TryAdd(row.Name, 0);
        _paused = [.. rows.Where(row => row.IsPaused).Select(row => row.Name)];
    }
}
