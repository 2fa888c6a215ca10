using System.Collections.Concurrent;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Presence;
using Chat.Server.Room.Store;

namespace Chat.Server.Room;

/// <summary>The clients that have joined the room over REST. They are stored in the database; this instance caches its
/// own, so that a poll or a send needs no query.</summary>
/// <remarks>The room, and so every name here, is the default tenant's (<see cref="RoomCaller"/>). Joins and leaves are
/// written at once. Changes of another instance show here within <see cref="RoomOptions.RecheckSeconds"/>: the cached
/// clients are compared with the database in one query per interval (<see cref="RoomUpkeep"/>). While that fails, every
/// request reads the database.</remarks>
internal sealed class RoomClients(
    RoomClientStore store, LocalPresence presence, RoomOptions options, TimeProvider time)
{
    private const int ClientsPerQuery = 2_000;

    private readonly ConcurrentDictionary<UserId, RoomSession> _sessions = new();
    private long _departures;
    private readonly TimeSpan _trusted = TimeSpan.FromSeconds(options.RecheckSeconds * 2);

    public async Task JoinAsync(Caller client, CancellationToken ct)
    {
        if (!await store.TryAddAsync(client.Id, time.GetUtcNow(), ct))
            throw ChatException.BadRequest("client already exists");
        Forget(client.Id);
        _sessions[client.Id] = new RoomSession(client, time);
    }

    /// <summary>Does nothing when it has not joined.</summary>
    public async Task LeaveAsync(UserId client, CancellationToken ct)
    {
        await store.RemoveAsync(client, ct);
        Forget(client);
    }

    /// <summary>The client's session, whose activity is noted; refuses with the given text when it has not
    /// joined.</summary>
    public async ValueTask<RoomSession> RequireAsync(Caller client, string refusal, CancellationToken ct)
    {
        if (!_sessions.TryGetValue(client.Id, out var session) || session.SinceCheck > _trusted)
            session = await LoadAsync(client, ct) ?? throw ChatException.BadRequest(refusal);
        session.Seen();
        return session;
    }

    /// <summary>Drops clients that left on another instance or have long been inactive here.</summary>
    public async Task RecheckAsync(CancellationToken ct)
    {
        var forgotten = time.GetUtcNow() - TimeSpan.FromSeconds(options.InactiveSeconds);
        foreach (var some in _sessions.Values.Chunk(ClientsPerQuery))
        {
            var asked = time.GetTimestamp();
            var joined = await store.FindJoinedAsync(Array.ConvertAll(some, s => s.Client.Id), ct);
            foreach (var session in some)
            {
                if (joined.Contains(session.Client.Id) && session.LastSeen >= forgotten) session.Checked(asked);
                else Forget(session);
            }
        }
    }

    /// <summary>Stores the activity of clients.</summary>
    public async Task TouchAsync(CancellationToken ct)
    {
        var touched = new List<(RoomSession Session, DateTimeOffset LastSeen)>();
        foreach (var session in _sessions.Values)
            if (session.NeedsTouch(out var lastSeen)) touched.Add((session, lastSeen));
        foreach (var some in touched.Chunk(ClientsPerQuery))
        {
            await store.TouchAsync(
                Array.ConvertAll(some, s => KeyValuePair.Create(s.Session.Client.Id, s.LastSeen)), ct);
            foreach (var (session, lastSeen) in some) session.Touched(lastSeen);
        }
    }

    /// <summary>Removes those whom no instance has heard from for too long.</summary>
    /// <returns>Whom this instance removed; of several that try, one does.</returns>
    public async Task<IReadOnlyList<UserId>> RemoveInactiveAsync(CancellationToken ct)
    {
        // Two intervals of grace: another instance may store activity that late.
        var grace = TimeSpan.FromSeconds(options.InactiveSeconds + 2 * options.TouchSeconds);
        var removed = await store.RemoveInactiveAsync(time.GetUtcNow() - grace, ct);
        foreach (var client in removed) Forget(client);
        return removed;
    }

    /// <summary>The client has left, on any instance: its waiting poll ends, it is soon offline, and its next request
    /// reads the database.</summary>
    public void Forget(UserId client)
    {
        Interlocked.Increment(ref _departures);
        if (_sessions.TryRemove(client, out var session)) End(session);
    }

    private async Task<RoomSession?> LoadAsync(Caller client, CancellationToken ct)
    {
        long asked, departures;
        do
        {
            (asked, departures) = (time.GetTimestamp(), Interlocked.Read(ref _departures));
            if (await store.FindLastSeenAsync(client.Id, ct) is null)
            {
                Forget(client.Id);
                return null;
            }
        }
        while (departures != Interlocked.Read(ref _departures)); // it may have left since the read
        var session = _sessions.GetOrAdd(
            client.Id, static (_, made) => new RoomSession(made.client, made.time), (client, time));
        session.Checked(asked);
        return session;
    }

    /// <summary>This session, not a newer one: the client may have joined again meanwhile.</summary>
    private void Forget(RoomSession session)
    {
        if (_sessions.TryRemove(KeyValuePair.Create(session.Client.Id, session))) End(session);
    }

    private void End(RoomSession session)
    {
        session.End(); // first: a poll that ends now is not activity
        presence.Leave(session.Client);
    }
}
