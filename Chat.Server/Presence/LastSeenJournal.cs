using System.Runtime.InteropServices;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Presence.Store;

namespace Chat.Server.Presence;

/// <summary>Last-seen times on their way to the database: the newest per user, written in batches, without
/// waiting.</summary>
/// <remarks>When the database is down, writing is delayed. Beyond a bound, further users are dropped: users who are
/// online are added again later.</remarks>
internal sealed partial class LastSeenJournal(PresenceStore store, TimeProvider time, ILogger<LastSeenJournal> logger)
{
    private const int Capacity = 100_000;
    private const int UsersPerStatement = 1_000;
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private Dictionary<UserKey, DateTimeOffset> _pending = [];
    private readonly Dictionary<UserKey, DateTimeOffset> _recent = [];
    private bool _failing;

    /// <summary>The user was online at this time; it is stored soon.</summary>
    public void Note(UserKey user, DateTimeOffset at)
    {
        lock (_gate) KeepNewest(_pending, user, at);
    }

    /// <summary>The user went offline, here or on another instance, which may not have stored it yet.</summary>
    public void Remember(UserKey user, DateTimeOffset at)
    {
        lock (_gate) KeepNewest(_recent, user, at);
    }

    /// <summary>The last-seen times of these users, as far as there are any.</summary>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public async Task<Dictionary<UserKey, DateTimeOffset>> FindAsync(
        IReadOnlyCollection<UserKey> users, CancellationToken ct)
    {
        var found = await store.FindLastSeenAsync(users, ct);
        lock (_gate)
            foreach (var user in users)
                if (_recent.TryGetValue(user, out var at)) KeepNewest(found, user, at);
        return found;
    }

    /// <summary>When the user went offline, if that was recent.</summary>
    public DateTimeOffset? FindRecent(UserKey user)
    {
        lock (_gate) return _recent.TryGetValue(user, out var at) ? at : null;
    }

    /// <summary>Writes what was noted until now to the database; after it everything is stored that another caller was
    /// writing, too. A failure is logged, and the rest stays for the next time.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        await _flushing.WaitAsync(ct);
        try
        {
            await FlushPendingAsync(ct);
        }
        finally
        {
            _flushing.Release();
        }
    }

    private async Task FlushPendingAsync(CancellationToken ct)
    {
        var told = TakePending();
        try
        {
            foreach (var some in told.Chunk(UsersPerStatement))
            {
                await store.NoteLastSeenAsync(some, ct);
                foreach (var (user, _) in some) told.Remove(user);
                _failing = false;
            }
        }
        catch (StoreException e)
        {
            if (!_failing) Log.Delayed(logger, e.Message);
            _failing = true;
        }
        finally
        {
            lock (_gate)
                foreach (var (user, at) in told) KeepNewest(_pending, user, at);
        }
    }

    private Dictionary<UserKey, DateTimeOffset> TakePending()
    {
        lock (_gate)
        {
            var old = time.GetUtcNow() - Recent;
            foreach (var (user, at) in _recent)
                if (at < old) _recent.Remove(user);
            var taken = _pending;
            _pending = [];
            return taken;
        }
    }

    private static void KeepNewest(Dictionary<UserKey, DateTimeOffset> times, UserKey user, DateTimeOffset at)
    {
        if (times.Count >= Capacity && !times.ContainsKey(user)) return;
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(times, user, out _);
        if (known < at) known = at;
    }

    private static partial class Log
    {
        [LoggerMessage(8010, LogLevel.Warning, "Last-seen times cannot be stored now and will be retried: {Reason}")]
        public static partial void Delayed(ILogger logger, string reason);
    }
}
