using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Server.Presence;

/// <summary>Who of some users is there at this moment, and when the others were last.</summary>
internal sealed class PresenceSnapshots(PresenceBoard board, LastSeenJournal journal)
{
    /// <summary>Of these users, those online first; at most <see cref="ChatLimits.PresenceUsers"/> are listed, all are
    /// counted.</summary>
    /// <exception cref="Persistence.StoreException">The database cannot be asked when they were last seen.</exception>
    public async Task<(PresenceSnapshot Snapshot, IReadOnlySet<UserId> Online)> OfAsync(
        ConversationId? conversation, IReadOnlyCollection<UserId> users, CancellationToken ct)
    {
        var online = board.OnlineAmong(users);
        var here = Sorted(online, ChatLimits.PresenceUsers);
        var away = Sorted(users.Where(user => !online.Contains(user)), ChatLimits.PresenceUsers - here.Count);
        var lastSeen = await journal.FindAsync(away, ct);
        var listed = here.ConvertAll(user => new UserPresence(user, Online: true, LastSeenAt: null));
        listed.AddRange(
            away.Select(user =>
                new UserPresence(user, Online: false, lastSeen.TryGetValue(user, out var at) ? at : null)));
        return (new PresenceSnapshot(conversation, online.Count, listed, Watching: false), online);
    }

    /// <summary>Everyone who is online anywhere.</summary>
    public (PresenceSnapshot Snapshot, IReadOnlySet<UserId> Online) OfEveryone(ConversationId conversation)
    {
        var (users, count) = board.Online(ChatLimits.PresenceUsers);
        var listed = Sorted(users, users.Count)
            .ConvertAll(user => new UserPresence(user, Online: true, LastSeenAt: null));
        return (new PresenceSnapshot(conversation, count, listed, Watching: false), users.ToHashSet());
    }

    private static List<UserId> Sorted(IEnumerable<UserId> users, int limit) =>
        [.. users.Take(limit).OrderBy(user => user.Value, StringComparer.Ordinal)];
}
