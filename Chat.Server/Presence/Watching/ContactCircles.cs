using System.Collections.Concurrent;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Concurrency;
using Chat.Server.Core;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Presence.Store;

namespace Chat.Server.Presence.Watching;

/// <summary>The users whose contacts are watched here. Read at a connection's query, and again before a change is
/// reported when that is a while ago.</summary>
/// <remarks>So a former contact is not reported, except within the time for which access is cached anyway.</remarks>
internal sealed class ContactCircles(
    PresenceWatches watches, PresenceStore store, PresenceOptions options, CoreOptions core, BackgroundWork background,
    TimeProvider time)
{
    private readonly ConcurrentDictionary<WatchedGroup, Circle> _circles = new();
    // One query at a time per user, and connections of the same user share the next answer: a user in 20,000
    // conversations must not delay the others.
    private readonly Gathered<UserKey, List<UserKey>> _reads = new(
        one => store.FindContactsAsync(one.First(), Math.Max(ChatLimits.PresenceUsers, options.WatchLimit + 1),
            CancellationToken.None), most: 1, time);
    private readonly TimeSpan _trusted = TimeSpan.FromSeconds(core.AccessCacheSeconds);

    /// <summary>The user's contacts, as far as they are listed or watched.</summary>
    /// <exception cref="StoreException">The database cannot be asked.</exception>
    public async Task<IReadOnlyList<UserKey>> FindAsync(UserKey user, CancellationToken ct) =>
        await _reads.AskAsync(user, ct);

    /// <summary>Adds a watch, which is not active yet, of contacts that were read just now.</summary>
    public (WatchedGroup Group, PresenceWatch Watch) Watch(ClientWriter writer, IReadOnlyCollection<UserKey> contacts)
    {
        var (group, watch, _) = watches.Watch(GroupKey.ContactsOf(writer.User), isEveryone: false, writer,
            subscription: null);
        watches.SetUpkeep(group, new Forgetting(_circles, group));
        var circle = _circles.GetOrAdd(group, _ => new Circle());
        lock (circle) circle.ReadAt = time.GetTimestamp();
        watches.SetMembers(group, contacts);
        group.SetReady();
        return (group, watch);
    }

    /// <summary>True when the group's members must be read again before this user is reported; the user is reported
    /// after that.</summary>
    public bool TryRefreshFirst(WatchedGroup group, UserKey user)
    {
        if (group.Key.Owner is null || !_circles.TryGetValue(group, out var circle)) return false;
        lock (circle)
        {
            if (circle.Held.Count == 0 && time.GetElapsedTime(circle.ReadAt) < _trusted) return false;
            circle.Held.Add(user);
            if (circle.Held.Count == 1) background.Run(() => RefreshAsync(group, circle));
            return true;
        }
    }

    private async Task RefreshAsync(WatchedGroup group, Circle circle)
    {
        long? readAt = time.GetTimestamp();
        try
        {
            watches.SetMembers(group, await FindAsync(group.Key.Owner!.Value, background.Stopping));
        }
        catch (StoreException)
        {
            readAt = null; // the members read last; the next change tries again
        }
        List<UserKey> held;
        lock (circle)
        {
            circle.ReadAt = readAt ?? circle.ReadAt;
            held = [.. circle.Held];
            circle.Held.Clear();
        }
        foreach (var user in held) watches.Push(group, user);
    }

    private sealed class Circle
    {
        public long ReadAt { get; set; }

        /// <summary>Users to report once the members are read; not empty while that is under way.</summary>
        public HashSet<UserKey> Held { get; } = [];
    }

    private sealed class Forgetting(ConcurrentDictionary<WatchedGroup, Circle> circles, WatchedGroup group)
        : IDisposable
    {
        public void Dispose() => circles.TryRemove(group, out _);
    }
}
