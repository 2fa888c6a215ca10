using Chat.Server.Concurrency;

namespace Chat.Server.FanOut.Backplane;

/// <summary>What has changed, on this instance and on others, until somebody looks: each once.</summary>
/// <param name="capacity">How many are noted at most; what finds no room is dropped.</param>
internal sealed class WaitingChanges<T>(int capacity)
{
    private readonly Lock _gate = new();
    private readonly WakeOnce _added = new();
    private HashSet<T> _waiting = [];

    public void Add(T change)
    {
        lock (_gate)
            if (_waiting.Count < capacity) _waiting.Add(change);
        _added.Set();
    }

    /// <summary>Waits until there is something, and takes the oldest. For one caller at a time.</summary>
    /// <param name="most">How many at most; the others stay.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async Task<IReadOnlyList<T>> TakeAsync(int most, CancellationToken ct)
    {
        await _added.WaitAsync(ct);
        lock (_gate)
        {
            var all = _waiting;
            _waiting = [.. all.Skip(most)];
            if (_waiting.Count > 0) _added.Set();
            return [.. all.Take(most)];
        }
    }
}
