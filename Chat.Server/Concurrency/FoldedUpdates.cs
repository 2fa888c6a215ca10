namespace Chat.Server.Concurrency;

/// <summary>Stores numbers that only increase. While an update of a key is under way, all later requests for it become
/// one next update, with the largest.</summary>
/// <param name="store">Stores one number. One call at a time per key.</param>
internal sealed class FoldedUpdates<TKey>(Func<TKey, long, Task> store)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Update> _newest = [];

    /// <summary>Completes with the update that covers the request.</summary>
    public Task StoreAsync(TKey key, long wanted)
    {
        lock (_gate)
        {
            if (_newest.TryGetValue(key, out var newest) && newest.TryFold(wanted)) return newest.Ended;
            var update = new Update(wanted);
            _newest[key] = update;
            return update.Ended = RunAsync(key, update, newest?.Ended);
        }
    }

    /// <summary>Completes when no update of the key is under way that was asked for before.</summary>
    public async Task WaitAsync(TKey key)
    {
        Task ended;
        lock (_gate) ended = _newest.TryGetValue(key, out var newest) ? newest.Ended : Task.CompletedTask;
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(TKey key, Update update, Task? before)
    {
        await Task.Yield(); // the caller holds the lock
        if (before is not null) await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        long wanted;
        lock (_gate) wanted = update.Begin();
        try
        {
            await store(key, wanted);
        }
        finally
        {
            lock (_gate)
                if (_newest[key] == update) _newest.Remove(key);
        }
    }

    /// <summary>One update, which accepts further requests until it begins.</summary>
    private sealed class Update(long wanted)
    {
        private long _wanted = wanted;
        private bool _begun;

        public Task Ended { get; set; } = Task.CompletedTask;

        public bool TryFold(long other)
        {
            if (!_begun) _wanted = Math.Max(_wanted, other);
            return !_begun;
        }

        public long Begin()
        {
            _begun = true;
            return _wanted;
        }
    }
}
