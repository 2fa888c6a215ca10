using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Concurrency;
using Chat.Server.Presence.Store;

namespace Chat.Server.Presence;

/// <summary>Which of some users are online at this moment, and the last-seen times of the others.</summary>
internal sealed class PresenceSnapshots(
    PresenceBoard board, LastSeenJournal journal, PresenceStore store, TimeProvider time)
{
    // One conversation at a time; callers that request the same meanwhile share the next answer.
    private readonly Gathered<(ConversationId, Tenant), LargeConversation> _large =
        new(one => LookAsync(one.First(), board, store), most: 1, time);

    /// <summary>These users, those online first; at most <see cref="ChatLimits.PresenceUsers"/> are listed, all are
    /// counted.</summary>
    /// <param name="conversation">Where; null: contacts.</param>
    /// <param name="users">Who.</param>
    /// <param name="hidden">Those of them whom the asker has nothing to do with: they look as if they had never been
    /// here.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <exception cref="Persistence.StoreException">The database cannot be asked when they were last seen.</exception>
    public async Task<(PresenceSnapshot Snapshot, IReadOnlySet<UserKey> Online)> OfAsync(
        ConversationId? conversation, IReadOnlyCollection<UserKey> users, BlockSet hidden, CancellationToken ct)
    {
        var online = board.OnlineAmong(users);
        online.RemoveWhere(user => hidden.Contains(user.Id));
        var here = Sorted(online, ChatLimits.PresenceUsers);
        var away = Sorted(users.Where(user => !online.Contains(user)), ChatLimits.PresenceUsers - here.Count);
        var lastSeen = await journal.FindAsync(away, ct);
        var listed = here.ConvertAll(user => new UserPresence(user.Id, Online: true, LastSeenAt: null));
        listed.AddRange(
            away.Select(user =>
                new UserPresence(user.Id, Online: false,
                    !hidden.Contains(user.Id) && lastSeen.TryGetValue(user, out var at) ? at : null)));
        return (new PresenceSnapshot(conversation, online.Count, listed, Watching: false), online);
    }

    /// <summary>The same for all participants of a conversation that may be large: the cost depends on users online,
    /// not on participants.</summary>
    /// <exception cref="Persistence.StoreException">The database cannot be asked.</exception>
    public async Task<(PresenceSnapshot Snapshot, IReadOnlySet<UserKey> Online)> OfLargeAsync(
        ConversationId conversation, Tenant tenant, BlockSet hidden, CancellationToken ct)
    {
        var (online, first) = await _large.AskAsync((conversation, tenant), ct);
        var (snapshot, _) = await OfAsync(conversation, [.. first.Union(online)], hidden, ct);
        return (snapshot, online);
    }

    /// <summary>Everyone of the tenant who is online anywhere.</summary>
    public (PresenceSnapshot Snapshot, IReadOnlySet<UserKey> Online) OfEveryone(
        ConversationId conversation, Tenant tenant, BlockSet hidden)
    {
        var (users, count) = board.OnlineOf(tenant, ChatLimits.PresenceUsers);
        count -= board.OnlineAmong(hidden.Users.Select(user => new UserKey(tenant, user))).Count;
        users.RemoveAll(user => hidden.Contains(user.Id));
        var listed = Sorted(users, users.Count)
            .ConvertAll(user => new UserPresence(user.Id, Online: true, LastSeenAt: null));
        return (new PresenceSnapshot(conversation, count, listed, Watching: false), users.ToHashSet());
    }

    private static List<UserKey> Sorted(IEnumerable<UserKey> users, int limit) => [.. users.Take(limit).Order()];

    private static async Task<LargeConversation> LookAsync(
        (ConversationId, Tenant) which, PresenceBoard board, PresenceStore store)
    {
        var (conversation, tenant) = which;
        // No token: others may wait for the same answer.
        var (users, _) = board.OnlineOf(tenant, int.MaxValue);
        var online = await store.FindParticipantsAmongAsync(conversation, users.ConvertAll(user => user.Id),
            CancellationToken.None);
        // If fewer than these fit beside the users online, at most this many of them are online.
        var first = await store.FindParticipantsAsync(conversation, 2 * ChatLimits.PresenceUsers,
            CancellationToken.None);
        return new LargeConversation([.. online.Select(KeyOf)], first.ConvertAll(KeyOf));

        UserKey KeyOf(UserId user) => new(tenant, user);
    }

    /// <param name="Online">The participants that are online.</param>
    /// <param name="First">The first participants by their ids.</param>
    private sealed record LargeConversation(HashSet<UserKey> Online, List<UserKey> First);
}
